using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>
/// The node's writes about one pod. Trouble of the server or the line is retried for as long as the pod lives, as a real node does;
/// a pod that is gone ends the pod.
/// </summary>
internal sealed class PodApi(IKubernetes client, PodName pod, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RemovalTime = TimeSpan.FromMinutes(1);

    /// <summary>Binds the pod to the node; false if another node has it.</summary>
    public async Task<bool> BindAsync(string node, CancellationToken ct)
    {
        try
        {
            var binding = new V1Binding
            {
                Metadata = new V1ObjectMeta { Name = pod.Name, NamespaceProperty = pod.Namespace, Uid = pod.Uid },
                Target = new V1ObjectReference { Kind = "Node", Name = node },
            };
            await RetryAsync(
                () => client.CoreV1.CreateNamespacedPodBindingAsync(binding, pod.Name, pod.Namespace, cancellationToken: ct), ct);
            return true;
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Bound already: by another node, or by a request of ours whose answer got lost.
            V1Pod? bound = null;
            await RetryAsync(async () => bound = await client.CoreV1.ReadNamespacedPodAsync(pod.Name, pod.Namespace, cancellationToken: ct), ct);
            return bound!.Spec.NodeName == node && bound.Uid() == pod.Uid;
        }
    }

    /// <summary>Reports a status in whole.</summary>
    /// <exception cref="HttpOperationException">404: the pod is gone.</exception>
    public Task ReportAsync(V1PodStatus status, CancellationToken ct)
    {
        var patch = new V1Patch(new V1Pod { Status = status }, V1Patch.PatchType.MergePatch);
        return RetryAsync(() => client.CoreV1.PatchNamespacedPodStatusAsync(patch, pod.Name, pod.Namespace, cancellationToken: ct), ct);
    }

    /// <summary>
    /// Removes the pod for good, as a node does when its containers have stopped. One already gone, or another of the same name, is left.
    /// </summary>
    /// <remarks>Not to be cancelled by the news of the removal itself, which may arrive before the answer.</remarks>
    public async Task RemoveAsync()
    {
        using var deadline = new CancellationTokenSource(RemovalTime, time);
        var ct = deadline.Token;
        try
        {
            var options = new V1DeleteOptions
            {
                GracePeriodSeconds = 0,
                Preconditions = new V1Preconditions { Uid = pod.Uid },
            };
            await RetryAsync(() => client.CoreV1.DeleteNamespacedPodAsync(pod.Name, pod.Namespace, options, cancellationToken: ct), ct);
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
        }
    }

    private async Task RetryAsync(Func<Task> request, CancellationToken ct)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await request();
                return;
            }
            catch (Exception trouble) when (!ct.IsCancellationRequested && IsTransient(trouble))
            {
                await Task.Delay(wait, time, ct);
            }
        }
    }

    private static bool IsTransient(Exception trouble) => trouble switch
    {
        HttpOperationException refused =>
            refused.Response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException or TaskCanceledException or IOException => true,
        _ => false,
    };
}
