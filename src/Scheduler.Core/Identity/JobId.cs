using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Core.Identity;

/// <summary>The UUID that Buildkite gave a job. Every message about a job is keyed by it.</summary>
public readonly record struct JobId(Guid Value) : IComparable<JobId>
{
    /// <summary>Reads the hyphenated form Buildkite uses; any letter case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        var valid = Guid.TryParseExact(text, "D", out var value);
        id = new JobId(value);
        return valid;
    }

    /// <exception cref="FormatException">The text is not a hyphenated UUID.</exception>
    public static JobId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a job UUID");

    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    /// <summary>Lower-case, hyphenated: the form used in names, labels and URLs.</summary>
    public override string ToString() => Value.ToString("D");

    public static bool operator <(JobId left, JobId right) => left.CompareTo(right) < 0;

    public static bool operator <=(JobId left, JobId right) => left.CompareTo(right) <= 0;

    public static bool operator >(JobId left, JobId right) => left.CompareTo(right) > 0;

    public static bool operator >=(JobId left, JobId right) => left.CompareTo(right) >= 0;
}
