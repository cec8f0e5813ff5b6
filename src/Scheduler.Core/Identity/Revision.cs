using System.Globalization;

namespace Scheduler.Core.Identity;

/// <summary>
/// How recent a fact about Kubernetes is: its resourceVersion read as a number. Facts of one API server are ordered by it,
/// so an older fact that arrives late is told from a newer one.
/// </summary>
/// <remarks>
/// Kubernetes has declared resource versions of built-in types comparable as integers (KEP-5504); etcd has always made them so.
/// </remarks>
public readonly record struct Revision(long Value) : IComparable<Revision>
{
    /// <summary>Older than anything Kubernetes ever reports.</summary>
    public static Revision None => default;

    /// <summary>Anything that is not a decimal number counts as <see cref="None"/>.</summary>
    public static Revision Parse(string? resourceVersion) =>
        long.TryParse(resourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new Revision(value) : None;

    public int CompareTo(Revision other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(Revision left, Revision right) => left.Value < right.Value;

    public static bool operator <=(Revision left, Revision right) => left.Value <= right.Value;

    public static bool operator >(Revision left, Revision right) => left.Value > right.Value;

    public static bool operator >=(Revision left, Revision right) => left.Value >= right.Value;
}
