using System.Collections.Immutable;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>A fragment read.</summary>
/// <param name="Value">The fragment; null when there was none (null or absent). Of use only without <paramref name="Errors"/>.</param>
/// <param name="Errors">All that makes it unusable.</param>
/// <param name="Warnings">What its author should hear about though it can be used.</param>
public sealed record FragmentResult<T>(T? Value, ImmutableArray<FragmentIssue> Errors, ImmutableArray<FragmentIssue> Warnings)
{
    /// <summary>How many warnings there are beside <see cref="Warnings"/>.</summary>
    public int MoreWarnings { get; init; }

    public bool IsValid => Errors.IsEmpty;
}
