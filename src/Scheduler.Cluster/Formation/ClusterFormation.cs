using Akka.Actor;
using Akka.Cluster;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Leases;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// Brings this node into the cluster. Only the holder of the founder's lease may form a new one; for as long as a cluster
/// lives its leader holds that lease, so a newcomer that reaches no member does not form a second one. On every node; looks
/// again and again, so peers may come and go at any time.
/// </summary>
public sealed partial class ClusterFormation : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(2);

    private readonly FormationSettings _settings;
    private readonly IPeerDirectory _peers;
    private readonly KubernetesLeaseHolder _founder;
    private readonly TimeProvider _time;
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly CancellationTokenSource _stopping = new();

    private JoinPlan _plan = JoinPlan.None;
    private Moment _askedAt;
    private Moment? _lonelySince;

    public ClusterFormation(FormationSettings settings, IPeerDirectory peers, KubernetesLeaseHolder founder, TimeProvider time)
    {
        (_settings, _peers, _founder, _time) = (settings, peers, founder, time);
        ReceiveAsync<Due>(async _ =>
        {
            await LookAsync();
            Timers.StartSingleTimer(nameof(Due), Due.Instance, _settings.Interval);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="settings">How often.</param>
    /// <param name="peers">Who may be in the cluster.</param>
    /// <param name="founder">The founder's lease; this actor is the only one to use this holder.</param>
    /// <param name="time">Measures patience.</param>
    public static Props Props(FormationSettings settings, IPeerDirectory peers, KubernetesLeaseHolder founder, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new ClusterFormation(settings, peers, founder, time));

    protected override void PreStart()
    {
        Self.Tell(Due.Instance);
        var (self, founder) = (Self, _founder);
        CoordinatedShutdown.Get(Context.System).AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "release-founder-lease", async () =>
        {
            await self.GracefulStop(GoodbyePatience);
            await founder.ReleaseAsync(CancellationToken.None);
            return Akka.Done.Instance;
        });
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private Task LookAsync() => _cluster.IsTerminated ? Task.CompletedTask : _cluster.SelfMember.Status switch
    {
        MemberStatus.Up or MemberStatus.WeaklyUp => StayAsync(),
        MemberStatus.Leaving or MemberStatus.Exiting or MemberStatus.Down => _founder.ReleaseAsync(_stopping.Token),
        MemberStatus.Joining => Task.CompletedTask,
        _ => JoinAsync(),
    };

    private async Task JoinAsync()
    {
        Exception? trouble = null;
        var mayFound = false;
        var plan = _plan with { Seeds = _plan.Seeds.Remove(_cluster.SelfAddress) };
        try
        {
            mayFound = await _founder.TryAcquireAsync(_stopping.Token) is not null;
            plan = JoinPlan.Make(_cluster.SelfAddress, await _peers.ListAsync(_stopping.Token), mayFound);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // Without lease or list no cluster is formed; those known from before may still admit.
            trouble = error;
        }

        LogTrouble(trouble);
        Follow(plan, mayFound);
    }

    private void Follow(JoinPlan plan, bool mayFound)
    {
        var now = _time.GetMoment();
        if (!plan.Seeds.IsEmpty && (plan != _plan || now - _askedAt >= _settings.RetryInterval))
        {
            LogPlan(plan, mayFound);
            _askedAt = now;
            _cluster.JoinSeedNodes(plan.Seeds);
        }

        _plan = plan;
    }

    private async Task StayAsync()
    {
        if (!_cluster.SelfAddress.Equals(_cluster.State.Leader))
        {
            _lonelySince = null;
            await _founder.ReleaseAsync(_stopping.Token);
            return;
        }

        try
        {
            var held = await _founder.TryAcquireAsync(_stopping.Token) is not null;
            LeaveIfLonely(held);
            LogTrouble(null);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            LogTrouble(error);
        }
    }

    /// <summary>Two clusters can come of a process that was frozen while it formed one; then the lonely one gives way.</summary>
    private void LeaveIfLonely(bool held)
    {
        var now = _time.GetMoment();
        _lonelySince = held || _cluster.State.Members.Count > 1 ? null : _lonelySince ?? now;
        if (now - _lonelySince >= _settings.LonelyPatience)
        {
            LogLonely();
            _lonelySince = null;
            _cluster.Down(_cluster.SelfAddress);
        }
    }

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}
