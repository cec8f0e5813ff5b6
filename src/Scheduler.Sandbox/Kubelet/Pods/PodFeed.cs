using System.Runtime.CompilerServices;
using k8s;
using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>Lists and watches a namespace's pods for ever, listing again whenever the watch ends or breaks.</summary>
internal sealed class PodFeed(IKubernetes client, KubeletOptions options)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Full lists and single changes, until cancelled.</summary>
    public async IAsyncEnumerable<PodFact> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var wait = FirstWait;
        while (true)
        {
            if (await ListAsync(ct) is { } list)
            {
                wait = FirstWait;
                yield return new PodFact.Listed([.. list.Items]);
                await foreach (var fact in WatchAsync(list.ResourceVersion(), ct))
                {
                    yield return fact;
                }
            }

            await Task.Delay(wait, options.Time, ct);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private async Task<V1PodList?> ListAsync(CancellationToken ct)
    {
        try
        {
            return await client.CoreV1.ListNamespacedPodAsync(options.Namespace, cancellationToken: ct);
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested)
        {
            KubeletLog.WatchBroke(options.Logger, trouble);
            return null;
        }
    }

    private async IAsyncEnumerable<PodFact> WatchAsync(string version, [EnumeratorCancellation] CancellationToken ct)
    {
        // The server ends the watch in time; if the line is dead and it cannot, this side does.
        using var timeout = new CancellationTokenSource(options.Resync + TimeSpan.FromSeconds(10), options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        await using var events = client.CoreV1.WatchListNamespacedPodAsync(
            options.Namespace,
            allowWatchBookmarks: true,
            resourceVersion: version,
            timeoutSeconds: Math.Max(1, (int)options.Resync.TotalSeconds),
            onError: trouble => KubeletLog.WatchBroke(options.Logger, trouble),
            cancellationToken: either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(events, ct))
        {
            var (type, pod) = events.Current;
            if (type is WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted)
            {
                yield return new PodFact.Changed(pod, type == WatchEventType.Deleted);
            }
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<(WatchEventType, V1Pod)> events, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception trouble) when (!ct.IsCancellationRequested)
        {
            KubeletLog.WatchBroke(options.Logger, trouble);
            return false;
        }
    }
}
