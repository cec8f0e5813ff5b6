using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Observation;

/// <summary>
/// The judge of the scheduler's promises: counts Jobs at every committed change, inside the store's write path, so that no
/// instant goes unseen. All Jobs of all namespaces count. Any thread may read.
/// </summary>
public sealed class JobObserver
{
    /// <summary>The label by which duplicates are found.</summary>
    public const string JobUuidLabel = "buildkite.com/job-uuid";

    private JobCounts _counts = JobCounts.None;
    private int _limit;
    private ImmutableArray<ChannelWriter<JobCounts>> _subscribers = [];

    /// <summary>How many unfinished Jobs are allowed at once; null or 0 for any number. Applies to creations from now on.</summary>
    public int? Limit
    {
        get => Volatile.Read(ref _limit) is > 0 and var limit ? limit : null;
        set => Volatile.Write(ref _limit, value ?? 0);
    }

    /// <summary>All counts as of one instant.</summary>
    public JobCounts Current => Volatile.Read(ref _counts);

    /// <inheritdoc cref="JobCounts.Unfinished"/>
    public int Unfinished => Current.Unfinished;

    /// <inheritdoc cref="JobCounts.PeakInFlight"/>
    public int PeakInFlight => Current.PeakInFlight;

    /// <inheritdoc cref="JobCounts.Created"/>
    public long Created => Current.Created;

    /// <inheritdoc cref="JobCounts.LimitExceeded"/>
    public long LimitExceeded => Current.LimitExceeded;

    /// <inheritdoc cref="JobCounts.Duplicates"/>
    public ImmutableDictionary<string, int> Duplicates => Current.Duplicates;

    /// <summary>How often a Job with this value of <see cref="JobUuidLabel"/> was created.</summary>
    public int CreationsOf(string jobUuid) => Current.CreationsByJobUuid.GetValueOrDefault(jobUuid);

    /// <summary>
    /// The counts now, then after each change of a Job. A slow reader misses steps in between, never the last one; peaks and
    /// totals are in each of them.
    /// </summary>
    public async IAsyncEnumerable<JobCounts> Subscribe([EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<JobCounts>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        ImmutableInterlocked.Update(ref _subscribers, (all, added) => all.Add(added), channel.Writer);
        try
        {
            yield return Current;
            await foreach (var counts in channel.Reader.ReadAllAsync(ct))
            {
                yield return counts;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _subscribers, (all, removed) => all.Remove(removed), channel.Writer);
        }
    }

    /// <summary>Only the store calls this, for one change at a time.</summary>
    internal void OnCommit(Change change)
    {
        if (change.After.Type != ResourceCatalog.Jobs)
        {
            return;
        }

        var before = _counts;
        var wasUnfinished = change.Before is { } known && !JobConditions.IsFinished(known);
        var isUnfinished = !change.IsRemoval && !JobConditions.IsFinished(change.After);
        var isCreation = change.Before is null;
        var unfinished = before.Unfinished + (isUnfinished ? 1 : 0) - (wasUnfinished ? 1 : 0);
        var counts = before with
        {
            Revision = change.Revision,
            Unfinished = unfinished,
            PeakInFlight = Math.Max(before.PeakInFlight, unfinished),
            Created = before.Created + (isCreation ? 1 : 0),
            LimitExceeded = before.LimitExceeded + (isCreation && unfinished > (Limit ?? int.MaxValue) ? 1 : 0),
            Finished = before.Finished + (!wasUnfinished || isUnfinished || change.IsRemoval ? 0 : 1),
            Removed = before.Removed + (change.IsRemoval ? 1 : 0),
            CreationsByJobUuid = isCreation ? Counted(before.CreationsByJobUuid, change.After) : before.CreationsByJobUuid,
        };
        Volatile.Write(ref _counts, counts);
        foreach (var subscriber in _subscribers)
        {
            subscriber.TryWrite(counts);
        }
    }

    private static ImmutableDictionary<string, int> Counted(ImmutableDictionary<string, int> counts, KubeObject job) =>
        job.Meta.Labels.TryGetValue(JobUuidLabel, out var uuid) ? counts.SetItem(uuid, counts.GetValueOrDefault(uuid) + 1) : counts;
}
