using System.Collections.Immutable;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// The pods that a label selector finds; needs <c>list</c> on <c>pods</c> in the namespace. There are a handful, and what is
/// asked for is what they are now, so they are listed anew each time, and consistently: from the caches of several API servers
/// they would now and then be what they were before.
/// </summary>
/// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
/// <param name="ns">The namespace the scheduler runs in.</param>
/// <param name="selector">Such as <c>app.kubernetes.io/name=scheduler</c>.</param>
/// <param name="timeout">Most time for one list.</param>
public sealed class ListedPods(IKubernetes client, string ns, string selector, TimeSpan timeout) : IPodSource
{
    public async Task<ImmutableArray<SchedulerPod>> ListAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var pods = await client.CoreV1.ListNamespacedPodAsync(
                ns, labelSelector: selector, cancellationToken: limit.Token);
            return [.. pods.Items.Select(Read)];
        }
        catch (HttpOperationException error)
        {
            throw new HttpRequestException(ApiFailure.Describe(error, "list", "pods"), error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"pods of the scheduler: no answer within {timeout.TotalSeconds:0.###} s", error);
        }
    }

    private static SchedulerPod Read(V1Pod pod)
    {
        var containers = pod.Status?.ContainerStatuses ?? [];
        return new SchedulerPod(
            pod.Metadata.Name,
            pod.Metadata.Uid,
            pod.Status?.PodIP,
            [.. containers.Select(container => container.ContainerID).Where(id => !string.IsNullOrEmpty(id))],
            pod.Status?.Phase is "Succeeded" or "Failed" || (containers.Count > 0 && containers.All(container => container.State?.Terminated is not null)),
            pod.Metadata.DeletionTimestamp is not null)
        {
            Controller = pod.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } owner
                ? new PodController(owner.ApiVersion, owner.Kind, owner.Name, owner.Uid)
                : null,
        };
    }
}
