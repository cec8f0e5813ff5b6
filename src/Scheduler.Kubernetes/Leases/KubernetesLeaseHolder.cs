using k8s;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Leases;

/// <summary>
/// Holds one lease. Its validity counts from before the last successful write was sent, so it ends here before others may take
/// it, whatever happened to the answer. Calls may overlap: they are carried out one after another, and each ends within the
/// operation time-out. Nothing happens by itself: the owner asks for renewal in time.
/// </summary>
public sealed class KubernetesLeaseHolder : IDisposable
{
    private readonly ILeaseStore _store;
    private readonly LeaseOptions _options;
    private readonly TimeProvider _time;
    private readonly LeaseSighting? _sighting;
    private readonly SemaphoreSlim _turn = new(1);
    private volatile LeaseObservation? _seen;
    private LeaseRecord? _held;
    private LeaseTerm? _term;

    /// <summary>An acquiring write has not been answered: the record may name us without our knowing.</summary>
    private bool _inDoubt;

    /// <param name="options">Which lease.</param>
    /// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
    /// <param name="time">Both clocks of this process.</param>
    /// <param name="sighting">What this process has seen of this lease before; by the same clocks.</param>
    /// <exception cref="ArgumentException">The options contradict themselves; the message names all that is wrong.</exception>
    public KubernetesLeaseHolder(LeaseOptions options, IKubernetes client, TimeProvider time, LeaseSighting? sighting = null)
        : this(options, Store(options, client, time), time)
    {
        _sighting = sighting;
    }

    /// <exception cref="ArgumentException">The options contradict themselves; the message names all that is wrong.</exception>
    public KubernetesLeaseHolder(LeaseOptions options, ILeaseStore store, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_options, _store, _time) = (options, store, time);

        // A restarted process must not take itself for its dead predecessor, so the name alone is not enough.
        Identity = $"{options.HolderName}_{Guid.NewGuid():N}";
    }

    /// <summary>What the lease says while this process holds it.</summary>
    public string Identity { get; }

    /// <summary>The version last met here, and since when it is known; null when none was. May be read from any thread.</summary>
    public LeaseObservation? Seen => _seen;

    /// <summary>The term if the lease is held now; null when somebody else holds it. A held lease is renewed.</summary>
    /// <exception cref="HttpRequestException">It cannot be told: the API server could not be asked in time, or refused.</exception>
    public Task<LeaseTerm?> TryAcquireAsync(CancellationToken cancellationToken) => InTurnAsync(AcquireAsync, cancellationToken);

    /// <summary>The prolonged term; null when the lease is not held (any more).</summary>
    /// <exception cref="HttpRequestException">It cannot be told; the old term still runs until it ends.</exception>
    public Task<LeaseTerm?> TryRenewAsync(CancellationToken cancellationToken) => TryRenewAsync(above: null, cancellationToken);

    /// <inheritdoc cref="TryRenewAsync(CancellationToken)"/>
    /// <param name="above">The term is to have a higher epoch than this; null = it keeps its own.</param>
    /// <param name="cancellationToken">Ends the wait, not the request.</param>
    public Task<LeaseTerm?> TryRenewAsync(Epoch? above, CancellationToken cancellationToken) =>
        InTurnAsync(token => RenewAsync(above, token), cancellationToken);

    /// <summary>Lets others take the lease at once. True when it is not held afterwards; otherwise it runs out by itself. Never faults.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InTurnAsync(FreeAsync, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<LeaseTerm?> AcquireAsync(CancellationToken cancellationToken)
    {
        if (await RenewAsync(above: null, cancellationToken) is { } renewed)
        {
            return renewed;
        }

        Forget();
        var current = await _store.ReadAsync(cancellationToken);
        var now = ClockReading.Take(_time);
        _seen = LeaseObservation.Best(_seen, _sighting?.Last);
        _seen = current is null ? _seen : LeaseObservation.Update(_seen, current, now.Monotonic);
        switch (LeaseRules.Acquire(current is not null, _seen, Identity, _options.Duration, now.Monotonic))
        {
            case LeaseDecision.Create create:
                _inDoubt = true;
                return await WriteAsync("", create.Transitions, cancellationToken);
            case LeaseDecision.Take take:
                _inDoubt = true;
                return await WriteAsync(take.Version, take.Transitions, cancellationToken);
            default:
                return null;
        }
    }

    private async Task<LeaseTerm?> RenewAsync(Epoch? above, CancellationToken cancellationToken)
    {
        // A term that has ended is never continued: whoever acted on it has been told that it would end.
        if (_held is not { } held || !_term!.IsValidAt(ClockReading.Take(_time)))
        {
            return null;
        }

        if (await WriteAsync(held.Version, LeaseRules.Raised(held.Transitions, above), cancellationToken) is { } term)
        {
            return term;
        }

        var current = await _store.ReadAsync(cancellationToken);
        if (LeaseRules.IsStillOurs(held, current)
            && await WriteAsync(current!.Version, LeaseRules.Raised(current.Transitions, above), cancellationToken) is { } late)
        {
            return late;
        }

        Forget();
        return null;
    }

    private async Task<bool> FreeAsync(CancellationToken cancellationToken)
    {
        if (_held is null && !_inDoubt)
        {
            return true;
        }

        var ours = _held;
        Forget();
        ours ??= await ReadOursAsync(cancellationToken);
        while (ours is not null)
        {
            var free = ours with { Holder = "", Duration = TimeSpan.FromSeconds(1) };
            if (await _store.WriteAsync(free, cancellationToken) is not null)
            {
                break;
            }

            // A write of ours whose answer was lost may have come in between.
            ours = await ReadOursAsync(cancellationToken);
        }

        _inDoubt = false;
        return true;
    }

    private async Task<LeaseRecord?> ReadOursAsync(CancellationToken cancellationToken) =>
        await _store.ReadAsync(cancellationToken) is { } current && current.Holder == Identity ? current : null;

    /// <summary>Null when the lease is not at that version (any more).</summary>
    private async Task<LeaseTerm?> WriteAsync(string version, long transitions, CancellationToken cancellationToken)
    {
        var sent = ClockReading.Take(_time);
        var written = await _store.WriteAsync(new LeaseRecord(Identity, _options.Duration, transitions, version), cancellationToken);
        if (written is null)
        {
            return null;
        }

        var answered = ClockReading.Take(_time);
        _held = written;
        _seen = LeaseObservation.Update(_seen, written, answered.Monotonic);
        _term = LeaseRules.Term(written.Transitions, sent, answered, _options.Duration - _options.SafetyMargin);
        return _term;
    }

    private void Forget()
    {
        // What was held may still be ours on record.
        _inDoubt |= _held is not null;
        (_held, _term) = (null, null);
    }

    private async Task<T> InTurnAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        try
        {
            return await Patience.WithinAsync(
                _options.OperationTimeout,
                _time,
                async token =>
                {
                    await _turn.WaitAsync(token);
                    try
                    {
                        return await operation(token);
                    }
                    finally
                    {
                        _turn.Release();
                    }
                },
                cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new HttpRequestException($"lease {_options.Namespace}/{_options.Name}: {error.Message}", error, error.StatusCode);
        }
    }

    private static KubernetesLeaseStore Store(LeaseOptions options, IKubernetes client, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new KubernetesLeaseStore(client, options.Namespace, options.Name, time);
    }
}
