using System.Globalization;
using Akka.Actor;
using Akka.Coordination;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Cluster.Coordination;

/// <summary>
/// Akka's lease as a <c>coordination.k8s.io/v1</c> Lease; named in HOCON as <c>lease-class</c>. A <see cref="LeaseKeeper"/>
/// renews it. Acquiring ends within <c>acquire-patience</c>, releasing within <c>lease-operation-timeout</c>, and neither is ever
/// cancelled: the split-brain resolver would never decide again.
/// </summary>
public sealed class KubernetesLease : Lease
{
    private readonly IActorRef _keeper;
    private readonly HeldTerm _held = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _acquirePatience;
    private readonly TimeSpan _releasePatience;

    /// <summary>Called by Akka, once for each lease name and configuration path.</summary>
    /// <exception cref="InvalidOperationException">The actor system was made without a <see cref="KubernetesLeaseSetup"/>.</exception>
    /// <exception cref="ArgumentException">The durations contradict each other; the message names all that is wrong.</exception>
    public KubernetesLease(LeaseSettings settings, ExtendedActorSystem system)
        : base(settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(system);
        var setup = system.Settings.Setup.Get<KubernetesLeaseSetup>().GetOrElse(null!)
            ?? throw new InvalidOperationException(
                $"lease {settings.LeaseName}: the actor system has no {nameof(KubernetesLeaseSetup)}; add one when it is made");
        var options = Options(settings, setup);
        var sighting = new LeaseSighting(options, setup.Client, setup.Time);
        _time = setup.Time;
        _releasePatience = options.OperationTimeout;
        _acquirePatience = settings.LeaseConfig.GetTimeSpan("acquire-patience", allowInfinite: false);
        _acquirePatience = _acquirePatience > _releasePatience ? _acquirePatience : _releasePatience;

        // Not under /user: those actors are gone when a lease is to be released at the end of a shutdown.
        _keeper = system.SystemActorOf(
            LeaseKeeper.Props(options, new KubernetesLeaseHolder(options, setup.Client, setup.Time, sighting), sighting, _held, setup.Time),
            string.Create(CultureInfo.InvariantCulture, $"lease-{options.Name}-{Guid.NewGuid():N}"));
    }

    /// <inheritdoc/>
    /// <exception cref="LeaseException">It cannot be told whether the lease is held.</exception>
    public override Task<bool> Acquire() => Acquire(static _ => { });

    /// <inheritdoc/>
    /// <exception cref="LeaseException">It cannot be told whether the lease is held.</exception>
    public override async Task<bool> Acquire(Action<Exception> leaseLostCallback)
    {
        var deadline = ClockReading.Take(_time).Monotonic + _acquirePatience;
        return await AskAsync(new LeaseKeeper.Acquire(leaseLostCallback, deadline), _acquirePatience) switch
        {
            LeaseKeeper.Answer.Yes => true,
            LeaseKeeper.Answer.No => false,
            LeaseKeeper.Answer.Unknown unknown => throw new LeaseException(unknown.Error.Message, unknown.Error),
            var other => throw new LeaseException($"unexpected answer {other}"),
        };
    }

    /// <summary>Lets others take the lease. True when it is not held afterwards, also when it never was; never faults.</summary>
    public override async Task<bool> Release()
    {
        _held.Value = null;
        return await AskAsync(LeaseKeeper.Release.Instance, _releasePatience) is LeaseKeeper.Answer.Yes;
    }

    /// <summary>Certainly held at this very moment. No call is made: after a freeze of the process it is false from the first instant.</summary>
    public override bool CheckLease() => _held.IsValidAt(ClockReading.Take(_time));

    private static LeaseOptions Options(LeaseSettings settings, KubernetesLeaseSetup setup) => new()
    {
        Namespace = setup.Namespace,
        Name = LeaseObjectName.For(setup.Prefix, settings.LeaseName),
        HolderName = settings.OwnerName,
        Duration = settings.TimeoutSettings.HeartbeatTimeout,
        RenewInterval = settings.TimeoutSettings.HeartbeatInterval,
        OperationTimeout = settings.TimeoutSettings.OperationTimeout,
    };

    private async Task<LeaseKeeper.Answer> AskAsync(object request, TimeSpan patience)
    {
        try
        {
            return await _keeper.Ask<LeaseKeeper.Answer>(request, patience).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // An Ask ends in several ways when its target is slow or gone; all of them say that nothing is known.
            return new LeaseKeeper.Answer.Unknown(error);
        }
    }
}
