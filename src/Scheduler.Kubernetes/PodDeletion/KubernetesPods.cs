using System.Threading.RateLimiting;
using k8s;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.PodDeletion;

/// <summary><see cref="IKubernetesPods"/> over HTTP.</summary>
/// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
/// <param name="ns">The namespace of all pods.</param>
/// <param name="limiter">Each call takes one of its permits: <see cref="ClientRateLimit"/>. Null = no limit.</param>
/// <param name="time">Null = the system's clock.</param>
public sealed class KubernetesPods(IKubernetes client, string ns, RateLimiter? limiter = null, TimeProvider? time = null) : IKubernetesPods
{
    private readonly ApiClient _api = new(client);
    private readonly PacedCalls _calls = new(limiter, time ?? TimeProvider.System);

    public async Task<bool> DeleteAsync(string name, string uid, Revision? asSeen, CancellationToken cancellationToken)
    {
        using var content = DeletionBody.For(uid, asSeen);
        return await _calls.IsDoneAsync(
            token => _api.SendAsync(HttpMethod.Delete, "delete", ApiResource.Pods, ApiResource.Pods.PathOf(ns, name), content, token),
            cancellationToken);
    }
}
