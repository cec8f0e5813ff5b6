using k8s;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Kubernetes.Leases;

/// <summary>
/// What this process knows of a lease that others hold, kept up by looking now and then. Who begins to ask for the lease only
/// when its holder has died need not wait for a whole duration from its own first look.
/// </summary>
public sealed class LeaseSighting
{
    private readonly ILeaseStore _store;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private volatile LeaseObservation? _last;

    /// <exception cref="ArgumentException">The options contradict themselves; the message names all that is wrong.</exception>
    public LeaseSighting(LeaseOptions options, IKubernetes client, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_store, _timeout, _time) = (new KubernetesLeaseStore(client, options.Namespace, options.Name, time), options.OperationTimeout, time);
    }

    /// <summary>The version last seen, and since when; null when none was. May be read from any thread.</summary>
    public LeaseObservation? Last => _last;

    /// <summary>
    /// Looks again. Calls come one at a time. Where the lease cannot be read nothing is learnt: the next look may succeed, and
    /// whoever asks for the lease hears what is wrong.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await Patience.WithinAsync(_timeout, _time, _store.ReadAsync, cancellationToken) is { } record)
            {
                _last = LeaseObservation.Update(_last, record, _time.GetMoment());
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // As said above.
        }
    }
}
