using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace Scheduler.Cluster.Metrics;

/// <summary>Keeps this node's <see cref="ClusterMetrics"/>: members as they change, its own shards on a slow timer.</summary>
public sealed class ClusterMeter : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly MemberStatus[] Statuses =
        [MemberStatus.Joining, MemberStatus.WeaklyUp, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Exiting, MemberStatus.Down];

    private readonly ClusterMetrics _metrics;
    private readonly IActorRef _region;
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    public ClusterMeter(ClusterMetrics metrics, IActorRef region)
    {
        (_metrics, _region) = (metrics, region);
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            _metrics.Removed.Inc(change is ClusterEvent.MemberRemoved ? 1 : 0);
            MeasureMembers();
        });
        Receive<ClusterEvent.ReachabilityEvent>(_ => MeasureMembers());
        Receive<Due>(_ =>
        {
            MeasureMembers();
            _region.Tell(GetShardRegionStats.Instance);
        });
        Receive<ShardRegionStats>(stats =>
        {
            _metrics.Shards.Set(stats.Stats.Count);
            _metrics.JobActors.Set(stats.Stats.Values.Sum());
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="metrics">To be kept.</param>
    /// <param name="region">This node's region of job actors.</param>
    public static Props Props(ClusterMetrics metrics, IActorRef region) => Akka.Actor.Props.Create(() => new ClusterMeter(metrics, region));

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.ReachabilityEvent));
        Timers.StartPeriodicTimer(nameof(Due), Due.Instance, TimeSpan.Zero, Interval);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void MeasureMembers()
    {
        var state = _cluster.State;
        _metrics.Unreachable.Set(state.Unreachable.Count);
        foreach (var status in Statuses)
        {
            _metrics.Members(status.ToString().ToLowerInvariant(), state.Members.Count(member => member.Status == status));
        }
    }

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}
