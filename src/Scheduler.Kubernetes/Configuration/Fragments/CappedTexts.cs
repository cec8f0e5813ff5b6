using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Text;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>Remarks about what somebody else wrote: the first ones in full, of the others only how many there are.</summary>
internal static class CappedTexts
{
    /// <summary>Remarks about one plugin or one job that are shown.</summary>
    public const int Most = 20;

    /// <summary>Of one remark, in characters.</summary>
    private const int Longest = 1000;

    /// <summary>At most <see cref="Most"/> texts, each one line, and then <c>and N more</c>.</summary>
    /// <param name="texts">The remarks.</param>
    /// <param name="beyond">How many there are beside those.</param>
    public static ImmutableArray<string> Of(IEnumerable<string> texts, int beyond = 0)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        var more = beyond;
        foreach (var text in texts)
        {
            if (kept.Count < Most)
            {
                kept.Add(PlainText.Line(text, Longest));
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            kept.Add(AndMore(more));
        }

        return kept.ToImmutable();
    }

    public static string AndMore(int more) => string.Create(CultureInfo.InvariantCulture, $"and {more} more");
}
