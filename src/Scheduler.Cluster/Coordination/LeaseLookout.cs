using Akka.Actor;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Coordination;

/// <summary>
/// Looks at a lease on every node, whoever holds it, so that the node that follows a dead holder knows since when the lease
/// has not been renewed and does not wait for a whole duration of its own.
/// </summary>
public sealed class LeaseLookout : ReceiveActor, IWithTimers
{
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _stopping = new();

    public LeaseLookout(LeaseSighting sighting, TimeSpan interval)
    {
        _interval = interval;
        ReceiveAsync<Due>(async _ =>
        {
            await sighting.LookAsync(_stopping.Token);
            Timers.StartSingleTimer(nameof(Due), Due.Instance, _interval);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(LeaseSighting sighting, TimeSpan interval) =>
        Akka.Actor.Props.Create(() => new LeaseLookout(sighting, interval));

    protected override void PreStart() => Self.Tell(Due.Instance);

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private sealed record Due
    {
        public static readonly Due Instance = new();
    }
}
