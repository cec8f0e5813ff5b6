using Scheduler.Cluster.Limiter;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>A lease whose outcome the test decides; the real one needs an API server and has tests of its own.</summary>
internal sealed class FakeLease(TimeProvider time) : ILimiterLease
{
    private long _transitions;

    /// <summary>False: somebody else holds it, or it cannot be renewed.</summary>
    public bool Available { get; set; } = true;

    public bool Held { get; private set; }

    public bool Released { get; private set; }

    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(15);

    public Task<GrantAuthority?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        Held = Available;
        _transitions += Held ? 1 : 0;
        return Task.FromResult(Held ? Term() : null);
    }

    public Task<GrantAuthority?> TryRenewAsync(Epoch? above, CancellationToken cancellationToken)
    {
        _transitions = Available && above is { } epoch ? Math.Max(_transitions, epoch.Value) + 1 : _transitions;
        return Task.FromResult(Available ? Term() : null);
    }

    public Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        Released = true;
        return Task.FromResult(true);
    }

    private GrantAuthority Term() => new(new Epoch(_transitions), time.GetMoment() + Duration);
}
