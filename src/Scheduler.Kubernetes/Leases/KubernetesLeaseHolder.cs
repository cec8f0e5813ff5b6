using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Kubernetes.Leases;

/// <summary>
/// Holds one <c>coordination.k8s.io/v1</c> Lease. Its validity counts from before the last successful write was sent, so it
/// ends here before others may take it, whatever happened to the answer. Calls come one at a time, from one owner that asks
/// for renewal in time; each ends within the operation time-out.
/// </summary>
public sealed class KubernetesLeaseHolder
{
    private readonly IKubernetes _client;
    private readonly LeaseOptions _options;
    private readonly TimeProvider _time;
    private readonly string _identity;
    private LeaseObservation? _observation;
    private V1Lease? _held;

    /// <exception cref="ArgumentException">The options contradict themselves; the message names all that is wrong.</exception>
    public KubernetesLeaseHolder(LeaseOptions options, IKubernetes client, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = string.Join("; ", options.Problems());
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        (_options, _client, _time) = (options, client, time);

        // A restarted process must not take itself for its dead predecessor, so the name alone is not enough.
        _identity = $"{options.HolderName}_{Guid.NewGuid():N}";
    }

    /// <summary>The term if the lease is held now; null when somebody else holds it.</summary>
    /// <exception cref="InvalidOperationException">The API server could not be asked, or refused.</exception>
    public Task<LeaseTerm?> TryAcquireAsync(CancellationToken cancellationToken) => GuardAsync(AcquireAsync, cancellationToken);

    /// <summary>The prolonged term; null when the lease is not held (any more).</summary>
    /// <exception cref="InvalidOperationException">The API server could not be asked; the old term still runs until it ends.</exception>
    public Task<LeaseTerm?> TryRenewAsync(CancellationToken cancellationToken) => GuardAsync(RenewAsync, cancellationToken);

    /// <summary>Lets others take the lease at once. True when it is not held afterwards. Never faults.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_held is not { } held)
        {
            return true;
        }

        _held = null;
        try
        {
            var free = Record(holder: "", held.Spec.LeaseTransitions ?? 0, seconds: 1);
            await GuardAsync(ct => WriteAsync(free, held.Metadata.ResourceVersion, ct), cancellationToken);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or OperationCanceledException)
        {
            // It runs out by itself.
            return false;
        }
    }

    private async Task<LeaseTerm?> AcquireAsync(CancellationToken cancellationToken)
    {
        var current = await ReadAsync(cancellationToken);
        var sentAt = _time.GetMoment();
        if (current is null)
        {
            return Term(await CreateAsync(cancellationToken), sentAt);
        }

        _observation = LeaseObservation.Update(_observation, current.Metadata.ResourceVersion, sentAt);
        var holder = current.Spec.HolderIdentity;
        var mine = holder == _identity;
        if (!mine && !string.IsNullOrEmpty(holder) && !_observation.HasRunOut(DurationOf(current), sentAt))
        {
            return null;
        }

        var transitions = (current.Spec.LeaseTransitions ?? 0) + (mine ? 0 : 1);
        return Term(await WriteAsync(Record(_identity, transitions, Seconds), current.Metadata.ResourceVersion, cancellationToken), sentAt);
    }

    private async Task<LeaseTerm?> RenewAsync(CancellationToken cancellationToken)
    {
        if (_held is not { } held)
        {
            return null;
        }

        var sentAt = _time.GetMoment();
        var record = Record(_identity, held.Spec.LeaseTransitions ?? 0, Seconds);
        var written = await WriteAsync(record, held.Metadata.ResourceVersion, cancellationToken);
        if (written is null)
        {
            // Either somebody took it, or an earlier write of ours succeeded and only its answer was lost.
            var current = await ReadAsync(cancellationToken);
            sentAt = _time.GetMoment();
            written = current?.Spec.HolderIdentity == _identity
                ? await WriteAsync(record, current.Metadata.ResourceVersion, cancellationToken)
                : null;
            _held = written is null ? null : _held;
        }

        return Term(written, sentAt);
    }

    private LeaseTerm? Term(V1Lease? written, Moment sentAt)
    {
        if (written is null)
        {
            return null;
        }

        _held = written;
        return new LeaseTerm(new Epoch(written.Spec.LeaseTransitions ?? 0), sentAt + (_options.Duration - _options.SafetyMargin));
    }

    private async Task<V1Lease?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _client.CoordinationV1.ReadNamespacedLeaseAsync(_options.Name, _options.Namespace, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Null when somebody else created it first.</summary>
    private async Task<V1Lease?> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _client.CoordinationV1.CreateNamespacedLeaseAsync(
                Lease(Record(_identity, 1, Seconds), version: null), _options.Namespace, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.Conflict)
        {
            return null;
        }
    }

    /// <summary>Null when the lease is not at that version any more.</summary>
    private async Task<V1Lease?> WriteAsync(V1LeaseSpec record, string version, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.CoordinationV1.ReplaceNamespacedLeaseAsync(
                Lease(record, version), _options.Name, _options.Namespace, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException error) when (error.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.OperationTimeout);
        try
        {
            return await operation(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"lease {_options.Name}: no answer within {_options.OperationTimeout.TotalSeconds} s");
        }
        catch (HttpOperationException error)
        {
            throw new InvalidOperationException($"lease {_options.Name}: {ApiFailure.Describe(error, "get, create, update", "leases")}", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or System.Text.Json.JsonException)
        {
            throw new InvalidOperationException($"lease {_options.Name}: {error.Message}", error);
        }
    }

    private int Seconds => (int)Math.Ceiling(_options.Duration.TotalSeconds);

    /// <summary>What the holder promised, but never less than what we promise ourselves.</summary>
    private TimeSpan DurationOf(V1Lease lease)
    {
        var promised = TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? 0);
        return promised > _options.Duration ? promised : _options.Duration;
    }

    private V1LeaseSpec Record(string holder, int transitions, int seconds)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return new V1LeaseSpec
        {
            HolderIdentity = holder,
            LeaseDurationSeconds = seconds,
            LeaseTransitions = transitions,
            AcquireTime = _held?.Spec.AcquireTime ?? now,
            RenewTime = now,
        };
    }

    private V1Lease Lease(V1LeaseSpec record, string? version) => new()
    {
        ApiVersion = "coordination.k8s.io/v1",
        Kind = "Lease",
        Metadata = new V1ObjectMeta { Name = _options.Name, NamespaceProperty = _options.Namespace, ResourceVersion = version },
        Spec = record,
    };
}
