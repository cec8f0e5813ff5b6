using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// Downs members whose process Kubernetes has seen end, as soon as the cluster misses them too: sooner than the split-brain
/// resolver, which has to wait. On every node, since the node it should act on may be any; downing twice does no harm.
/// </summary>
public sealed class PodWarden : ReceiveActor, IWithTimers
{
    /// <summary>Evidence about a member the cluster goes on reaching was about a former process.</summary>
    private static readonly TimeSpan EvidenceLifetime = TimeSpan.FromSeconds(30);

    private readonly TimeSpan _interval;
    private readonly IPodSource _pods;
    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<UniqueAddress, Moment> _suspects = [];
    private PodEvidence _evidence = PodEvidence.Nothing;

    public PodWarden(IPodSource pods, TimeSpan interval, TimeProvider time)
    {
        (_pods, _interval, _time) = (pods, interval, time);
        ReceiveAsync<Due>(async _ =>
        {
            await LookAsync();
            DownSuspects();
            Timers.StartSingleTimer(nameof(Due), Due.Instance, _interval);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IPodSource pods, TimeSpan interval, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new PodWarden(pods, interval, time));

    protected override void PreStart() => Self.Tell(Due.Instance);

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task LookAsync()
    {
        ImmutableArray<SchedulerPod> dead;
        try
        {
            (_evidence, dead) = _evidence.Look(await _pods.ListAsync(_stopping.Token));
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // No evidence; the split-brain resolver decides.
            return;
        }

        foreach (var member in _cluster.State.Members.Where(member => dead.Any(pod => pod.IsAt(member.Address.Host))))
        {
            _suspects.TryAdd(member.UniqueAddress, _time.GetMoment() + EvidenceLifetime);
        }
    }

    /// <summary>Only when the cluster misses it too, and only that very incarnation: a new process may have taken its address.</summary>
    private void DownSuspects()
    {
        var now = _time.GetMoment();
        var (members, unreachable) = (_cluster.State.Members, _cluster.State.Unreachable);
        foreach (var (suspect, until) in _suspects.ToArray())
        {
            if (until <= now || members.All(member => !member.UniqueAddress.Equals(suspect)))
            {
                _suspects.Remove(suspect);
            }
            else if (unreachable.Any(member => member.UniqueAddress.Equals(suspect)))
            {
                _log.Warning("Kubernetes has seen the process of {Member} end, and the cluster misses it: it is downed", suspect.Address);
                _cluster.Down(suspect.Address);
                _suspects.Remove(suspect);
            }
        }
    }

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}
