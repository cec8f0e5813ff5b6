using System.Net;
using k8s;
using k8s.Models;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Leases;

/// <summary>A lease in a <c>coordination.k8s.io/v1</c> Lease object. Labels and annotations that others put there stay.</summary>
internal sealed class KubernetesLeaseStore(IKubernetes client, string ns, string name, TimeProvider time) : ILeaseStore
{
    private readonly ApiClient _api = new(client);
    private V1Lease? _last;

    public async Task<LeaseRecord?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(HttpMethod.Get, "get", ApiResource.Leases.PathOf(ns, name), content: null, cancellationToken);
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<LeaseRecord?> WriteAsync(LeaseRecord wanted, CancellationToken cancellationToken)
    {
        var create = wanted.Version.Length == 0;
        using var content = ApiClient.JsonBody(KubernetesJson.Serialize(Lease(wanted)));
        try
        {
            return create
                ? await CallAsync(HttpMethod.Post, "create", ApiResource.Leases.PathIn(ns), content, cancellationToken)
                : await CallAsync(HttpMethod.Put, "update", ApiResource.Leases.PathOf(ns, name), content, cancellationToken);
        }
        catch (ApiException error) when (error.Status == HttpStatusCode.Conflict || (error.Status == HttpStatusCode.NotFound && !create))
        {
            return null;
        }
    }

    private async Task<LeaseRecord> CallAsync(
        HttpMethod method, string verb, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await _api.SendAsync(method, verb, ApiResource.Leases, path, content, cancellationToken);
        _last = KubernetesJson.Deserialize<V1Lease>(await response.Content.ReadAsStringAsync(cancellationToken));
        var spec = _last.Spec ?? new V1LeaseSpec();
        return new LeaseRecord(
            spec.HolderIdentity ?? "", TimeSpan.FromSeconds(spec.LeaseDurationSeconds ?? 0), spec.LeaseTransitions ?? 0, _last.Metadata.ResourceVersion);
    }

    private V1Lease Lease(LeaseRecord wanted)
    {
        var now = MicroTime(time.GetUtcNow().UtcDateTime);
        var meta = wanted.Version.Length == 0 ? null : _last?.Metadata;
        var sameTerm = _last?.Spec is { } spec && spec.HolderIdentity == wanted.Holder && spec.LeaseTransitions == wanted.Transitions;
        return new V1Lease
        {
            ApiVersion = "coordination.k8s.io/v1",
            Kind = "Lease",
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = ns,

                // With the UID an update of a deleted object cannot make it anew, which leases otherwise allow.
                Uid = meta?.Uid,
                ResourceVersion = meta is null ? null : wanted.Version,
                Labels = meta?.Labels,
                Annotations = meta?.Annotations,
                OwnerReferences = meta?.OwnerReferences,
                Finalizers = meta?.Finalizers,
            },
            Spec = new V1LeaseSpec
            {
                HolderIdentity = wanted.Holder,
                LeaseDurationSeconds = (int)Math.Ceiling(wanted.Duration.TotalSeconds),
                LeaseTransitions = (int)wanted.Transitions,
                AcquireTime = sameTerm && _last!.Spec.AcquireTime is { } acquired ? MicroTime(acquired) : now,
                RenewTime = now,
            },
        };
    }

    /// <summary>Kubernetes wants six decimals; KubernetesClient writes none for a whole second.</summary>
    private static DateTime MicroTime(DateTime utc) => utc.Ticks % TimeSpan.TicksPerSecond == 0 ? utc.AddTicks(1) : utc;
}
