using System.Collections.Immutable;

namespace Scheduler.Sandbox.Kubernetes.Selecting;

/// <summary>One comma-separated part of a label selector.</summary>
/// <param name="Key">The label.</param>
/// <param name="Values">The values it may have, or must not have; null asks only for its presence or absence.</param>
/// <param name="IsNegative">Whether the requirement is the opposite: a label that is absent satisfies it.</param>
internal sealed record LabelRequirement(string Key, ImmutableArray<string>? Values, bool IsNegative)
{
    public bool Matches(ImmutableSortedDictionary<string, string> labels)
    {
        var found = labels.TryGetValue(Key, out var value) && (Values is not { } values || values.Contains(value));
        return found != IsNegative;
    }
}
