using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>One pod on the node from the moment it is taken until it is gone from Kubernetes.</summary>
internal sealed class PodProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly CancellationTokenSource _killed = new();
    private readonly PodApi _api;
    private readonly PodName _name;
    private readonly ILogger _logger;
    private readonly Task _running;

    /// <summary>Dropped when it has played, so that ended pods take little memory until they are deleted.</summary>
    private PodScript? _script;

    private PodProcess(V1Pod pod, IKubernetes client, KubeletOptions options, IPodWorkload workload, SemaphoreSlim slots)
    {
        _name = PodName.Of(pod);
        _api = new PodApi(client, _name, options.Time);
        _logger = options.Logger;
        _script = new PodScript(pod, _api, options, workload);
        _running = RunAsync(slots);
    }

    public static PodProcess Start(V1Pod pod, IKubernetes client, KubeletOptions options, IPodWorkload workload, SemaphoreSlim slots) =>
        new(pod, client, options, workload, slots);

    /// <summary>The pod is to be deleted: let it end, then remove it.</summary>
    public Task InterruptAsync() => _interrupted.CancelAsync();

    /// <summary>The pod is gone or about to be, or its node is: stop at once and say nothing more.</summary>
    public Task KillAsync() => _killed.CancelAsync();

    /// <summary>Kills what still runs and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _killed.CancelAsync();
        await _running;
        _interrupted.Dispose();
        _killed.Dispose();
    }

    private async Task RunAsync(SemaphoreSlim slots)
    {
        try
        {
            var isOurs = await PlayAsync(slots);
            _script = null;
            await UntilDeletedAsync();
            if (isOurs)
            {
                await _api.RemoveAsync();
            }
        }
        catch (OperationCanceledException) when (_killed.IsCancellationRequested)
        {
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode == HttpStatusCode.NotFound)
        {
        }
#pragma warning disable CA1031 // One pod's trouble must not end the node; it is logged, and the pod stays as it is.
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            KubeletLog.PodFailed(_logger, trouble, _name.Name);
        }
    }

    private async Task<bool> PlayAsync(SemaphoreSlim slots)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_interrupted.Token, _killed.Token);
        try
        {
            await slots.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!_killed.IsCancellationRequested)
        {
            return true;
        }

        try
        {
            return await _script!.PlayAsync(_interrupted.Token, _killed.Token);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task UntilDeletedAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_interrupted.Token, _killed.Token);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
        }
        catch (OperationCanceledException) when (!_killed.IsCancellationRequested)
        {
        }
    }
}
