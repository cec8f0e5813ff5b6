using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Serialization.Wire;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Identity;
using CorePhase = Scheduler.Core.Limiter.LimiterPhase;

namespace Scheduler.Cluster.Serialization;

/// <summary>The singletons' statuses to their wire form and back.</summary>
internal static class StatusFormat
{
    public static LimiterStatusMessage ToWire(this LimiterStatus status)
    {
        var message = new LimiterStatusMessage
        {
            Node = status.Node,
            Phase = (Wire.LimiterPhase)((int)status.Phase + 1),
            Limit = status.Limit,
            InFlight = status.InFlight,
            Free = status.Free,
            Waiters = status.Waiters,
        };
        if (status.LeaseHolder is { } holder)
        {
            message.LeaseHolder = holder;
        }

        if (status.Epoch is { } epoch)
        {
            message.Epoch = epoch.Value;
        }

        message.Holders.AddRange(status.Holders.Select(ToWire));
        return message;
    }

    public static LimiterStatus FromWire(this LimiterStatusMessage m) => new()
    {
        Node = WireValues.Text(m.Node),
        LeaseHolder = m.HasLeaseHolder ? WireValues.Text(m.LeaseHolder) : null,
        Phase = m.Phase.FromWire(),
        Epoch = m.HasEpoch ? new Epoch(m.Epoch) : null,
        Limit = m.Limit,
        InFlight = m.InFlight,
        Free = m.Free,
        Waiters = m.Waiters,
        Holders = [.. m.Holders.Select(FromWire)],
    };

    /// <exception cref="ArgumentException">A phase this release does not know.</exception>
    private static CorePhase FromWire(this Wire.LimiterPhase phase) => phase switch
    {
        Wire.LimiterPhase.Unspecified or Wire.LimiterPhase.Acquiring => CorePhase.Acquiring,
        Wire.LimiterPhase.Recovering => CorePhase.Recovering,
        Wire.LimiterPhase.Granting => CorePhase.Granting,
        Wire.LimiterPhase.Draining => CorePhase.Draining,
        _ => throw new ArgumentException($"unknown phase {(int)phase}", nameof(phase)),
    };

    public static FetcherStatusMessage ToWire(this FetcherStatus status)
    {
        var message = new FetcherStatusMessage
        {
            Node = status.Node,
            Waiting = status.Waiting,
            Asked = status.Asked,
            Launching = status.Launching,
            Paused = status.Paused,
        };
        if (status.SinceLastPoll is { } since)
        {
            message.SinceLastPollMs = (long)since.TotalMilliseconds;
        }

        return message;
    }

    public static FetcherStatus FromWire(this FetcherStatusMessage m) => new(
        m.Waiting, m.Asked, m.Launching, m.Paused, m.HasSinceLastPollMs ? WireValues.Span(m.SinceLastPollMs) : null)
    {
        Node = WireValues.Text(m.Node),
    };

    public static WatcherStatusMessage ToWire(this WatcherStatus status) => new()
    {
        Node = status.Node,
        Jobs = ToWire(status.Jobs),
        Pods = ToWire(status.Pods),
        Known = status.Known,
    };

    public static WatcherStatus FromWire(this WatcherStatusMessage m) => new(FromWire(m.Jobs), FromWire(m.Pods), m.Known) { Node = WireValues.Text(m.Node) };

    private static WatchStatusMessage ToWire(WatchStatus status)
    {
        var message = new WatchStatusMessage { Lists = status.Lists, Interruptions = status.Interruptions, Position = status.Position.Value };
        if (status.Trouble is { } trouble)
        {
            message.Trouble = trouble;
        }

        return message;
    }

    private static WatchStatus FromWire(WatchStatusMessage? m) => m is null ? new WatchStatus() : new WatchStatus
    {
        Lists = m.Lists,
        Interruptions = m.Interruptions,
        Position = new Revision(m.Position),
        Trouble = m.HasTrouble ? WireValues.Text(m.Trouble) : null,
    };

    private static HolderStatusMessage ToWire(HolderStatus holder) => new()
    {
        Job = holder.Job.ToWire(),
        Grant = holder.Grant?.ToWire(),
        IsRunning = holder.IsRunning,
        IsUnconfirmed = holder.IsUnconfirmed,
        AgeMs = (long)holder.Age.TotalMilliseconds,
    };

    private static HolderStatus FromWire(HolderStatusMessage m) =>
        new(m.Job.ToJobId(), m.Grant is null ? null : m.Grant.ToGrantId(), m.IsRunning, m.IsUnconfirmed) { Age = WireValues.Span(m.AgeMs) };
}
