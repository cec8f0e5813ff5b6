using System.Collections.Immutable;

namespace Scheduler.Sandbox.Kubernetes.Observation;

/// <summary>What <see cref="JobObserver"/> has counted up to one committed change.</summary>
/// <param name="Revision">The resourceVersion of that change.</param>
/// <param name="Unfinished">Jobs that exist without a Complete or Failed condition.</param>
/// <param name="PeakInFlight">The most of these at any instant so far.</param>
/// <param name="Created">All creations committed so far.</param>
/// <param name="LimitExceeded">Creations after which <paramref name="Unfinished"/> was above the limit then set.</param>
/// <param name="Finished">Jobs that got a Complete or Failed condition.</param>
/// <param name="Removed">Jobs that were removed, finished or not.</param>
/// <param name="CreationsByJobUuid">How often a Job with this value of the label <c>buildkite.com/job-uuid</c> was created.</param>
public sealed record JobCounts(
    long Revision,
    int Unfinished,
    int PeakInFlight,
    long Created,
    long LimitExceeded,
    long Finished,
    long Removed,
    ImmutableDictionary<string, int> CreationsByJobUuid)
{
    internal static readonly JobCounts None = new(0, 0, 0, 0, 0, 0, 0, ImmutableDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>Values of the label of which more than one Job was created, with their number.</summary>
    public ImmutableDictionary<string, int> Duplicates => CreationsByJobUuid.RemoveRange(
        CreationsByJobUuid.Where(entry => entry.Value == 1).Select(entry => entry.Key));
}
