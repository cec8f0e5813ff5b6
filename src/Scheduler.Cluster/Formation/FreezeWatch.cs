using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// Notices that this process was frozen, or its machine suspended, for longer than the others need to remove it, and then gives
/// up its membership, after which the node starts anew. Such a node does not know what it has missed: it may have handed its
/// singletons over and yet win the lease of the split-brain resolver, and then others join a cluster whose oldest member runs
/// none. An actor of its own, for it must never wait for anything but its timer.
/// </summary>
public sealed class FreezeWatch : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private ClockReading _last;

    public FreezeWatch(TimeSpan patience, TimeProvider time)
    {
        (_patience, _time, _last) = (patience, time, ClockReading.Take(time));
        Receive<Beat>(_ => OnBeat());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="patience">More than the interval of 1 s at which it looks at its clocks.</param>
    /// <param name="time">Both clocks count: the monotonic one stands still while a machine is suspended.</param>
    public static Props Props(TimeSpan patience, TimeProvider time) => Akka.Actor.Props.Create(() => new FreezeWatch(patience, time));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Beat), Beat.Instance, Interval);

    private void OnBeat()
    {
        var now = ClockReading.Take(_time);
        var frozen = now.Since(_last) - Interval;
        _last = now;

        // Who is alone has missed nothing that others did.
        if (frozen >= _patience && !_cluster.IsTerminated && _cluster.State.Members.Count > 1
            && _cluster.SelfMember.Status is MemberStatus.Up or MemberStatus.WeaklyUp)
        {
            _log.Warning("this node was frozen for {Time}; the others may have gone on without it, so it leaves and joins again", frozen);
            _cluster.Down(_cluster.SelfAddress);
        }
    }

    private sealed record Beat
    {
        public static readonly Beat Instance = new();
    }
}
