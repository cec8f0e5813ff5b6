using System.Collections.Immutable;

namespace Scheduler.Buildkite.Wire;

/// <summary>
/// A listed job is in our queue whatever its queue rule says (the rule may be missing or name the default queue otherwise), so
/// the rule is made to fit (controller-behaviour.md §4).
/// </summary>
internal static class QueueRule
{
    private const string Prefix = "queue=";

    /// <param name="rules">As the service sent them.</param>
    /// <param name="queueRule">Takes the place of the first queue rule, or the last place; null removes all queue rules.</param>
    public static ImmutableArray<string> Fit(ReadOnlySpan<string> rules, string? queueRule)
    {
        var fitted = ImmutableArray.CreateBuilder<string>(rules.Length + 1);
        var placed = queueRule is null;
        foreach (var rule in rules)
        {
            if (!rule.StartsWith(Prefix, StringComparison.Ordinal) || (placed && queueRule is not null))
            {
                fitted.Add(rule);
            }
            else if (queueRule is not null)
            {
                fitted.Add(queueRule);
                placed = true;
            }
        }

        if (!placed)
        {
            fitted.Add(queueRule!);
        }

        return fitted.DrainToImmutable();
    }
}
