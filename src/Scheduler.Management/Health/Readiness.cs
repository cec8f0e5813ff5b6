using Akka.Cluster;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Watching;
using Scheduler.Management.Questions;

namespace Scheduler.Management.Health;

/// <summary>
/// Whether this node does its part: it is a member in good standing, and what runs on it works. A node without singletons
/// does not become unready because another's are in trouble; while nobody answers for a singleton, the node that should run it
/// is the one that is not ready.
/// </summary>
internal sealed class Readiness(NodeView view, ManagementOptions options)
{
    /// <summary>Null when ready, else why not.</summary>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        var cluster = view.Cluster;
        var self = cluster.SelfMember;
        if (self.Status is not (MemberStatus.Up or MemberStatus.WeaklyUp) || cluster.IsTerminated)
        {
            return $"cluster member is {(cluster.IsTerminated ? MemberStatus.Removed : self.Status)}, not Up";
        }

        var fetcher = view.FetcherAsync(cancellationToken);
        var watcher = view.WatcherAsync(cancellationToken);
        var here = cluster.SelfAddress.ToString();
        return Watch((await watcher).Current, here) ?? Poll(await fetcher, here);
    }

    private string? Watch(WatcherStatus? watcher, string here) =>
        watcher is null ? Absent("watcher")
        : watcher.Node != here || watcher.Jobs.Lists > 0 ? null
        : $"the watch of Jobs is not synced{(watcher.Jobs.Trouble is { } trouble ? $": {trouble}" : "")}";

    private string? Poll(Reading<FetcherStatus> reading, string here) =>
        reading.Current is not { } fetcher ? Absent("fetcher")
        : fetcher.Node != here ? null
        : fetcher.SinceLastPoll + reading.Age is not { } since ? "Buildkite has not been polled successfully yet"
        : since > options.PollRecency ? $"the last successful poll of Buildkite was {since.TotalSeconds:F0} s ago"
        : null;

    private string? Absent(string singleton) => IsOldest ? $"the {singleton} of this node does not answer" : null;

    private bool IsOldest
    {
        get
        {
            var cluster = view.Cluster;
            var oldest = cluster.State.Members
                .Where(member => member.HasRole(SchedulerNode.Role) && member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting)
                .Order(Member.AgeOrdering)
                .FirstOrDefault();
            return oldest is null || oldest.UniqueAddress == cluster.SelfUniqueAddress;
        }
    }
}
