using k8s.Models;
using Scheduler.Sandbox.Kubelet.Agents;
using Scheduler.Sandbox.Kubelet.Pods;

namespace Scheduler.Sandbox.Kubelet;

/// <summary>
/// A simulated node: takes every pod of a namespace that no other node has, plays what the pod's annotations and its workload
/// say, and reports it through the pod's status. Works against any Kubernetes API server.
/// </summary>
public sealed class Kubelet : IAsyncDisposable
{
    private readonly KubeletOptions _options;
    private readonly IPodWorkload _workload;
    private readonly IDisposable? _ownedWorkload;
    private readonly k8s.Kubernetes _client;
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _slots;
    private readonly Task _feeding;

    /// <summary>Pods by UID, also ended ones until they are gone. Touched only by the feeding loop, and after it has ended.</summary>
    private readonly Dictionary<string, PodProcess> _pods = new(StringComparer.Ordinal);

    /// <summary>Gone pods whose processes are still winding up.</summary>
    private readonly HashSet<Task> _leaving = [];

    private int _taken;

    private Kubelet(KubeletOptions options, IPodWorkload? workload)
    {
        _options = options;
        _client = new k8s.Kubernetes(options.ClientConfiguration());
        var agent = workload is null ? new BuildkiteAgentWorkload(options) : null;
        (_workload, _ownedWorkload) = (workload ?? agent!, agent);
        _slots = new SemaphoreSlim(options.MaxPods, int.MaxValue);
        _feeding = FeedAsync();
    }

    /// <summary>Pods taken since the start.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Starts the node.</summary>
    /// <param name="options">Must name an API server.</param>
    /// <param name="workload">What pods do; null for the simulated Buildkite agent.</param>
    /// <exception cref="ArgumentException">The options name no API server.</exception>
    public static Kubelet Start(KubeletOptions options, IPodWorkload? workload = null) => new(options, workload);

    /// <summary>Stops the node as a power cut would: pods stay in Kubernetes as they were last reported, agents fall silent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _feeding;
        await Task.WhenAll([.. _leaving, .. _pods.Values.Select(pod => pod.DisposeAsync().AsTask())]);
        _ownedWorkload?.Dispose();
        _client.Dispose();
        _slots.Dispose();
        _stopped.Dispose();
    }

    private async Task FeedAsync()
    {
        // Leaves the caller's thread before the first request.
        await Task.Yield();
        try
        {
            await foreach (var fact in new PodFeed(_client, _options).ReadAsync(_stopped.Token))
            {
                await LearnAsync(fact);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
        }
    }

    private async ValueTask LearnAsync(PodFact fact)
    {
        _leaving.RemoveWhere(task => task.IsCompleted);
        switch (fact)
        {
            case PodFact.Listed { Pods: var pods }:
                var present = pods.Select(pod => pod.Uid()).ToHashSet(StringComparer.Ordinal);
                foreach (var uid in _pods.Keys.Where(uid => !present.Contains(uid)).ToList())
                {
                    Forget(uid);
                }

                foreach (var pod in pods)
                {
                    await ObserveAsync(pod);
                }

                break;
            case PodFact.Changed { Gone: true } gone:
                Forget(gone.Pod.Uid());
                break;
            case PodFact.Changed changed:
                await ObserveAsync(changed.Pod);
                break;
        }
    }

    private async ValueTask ObserveAsync(V1Pod pod)
    {
        if (!_pods.TryGetValue(pod.Uid(), out var process))
        {
            if (!IsOurs(pod))
            {
                return;
            }

            process = PodProcess.Start(pod, _client, _options, _workload, _slots);
            _pods.Add(pod.Uid(), process);
            Interlocked.Increment(ref _taken);
        }

        if (pod.Metadata.DeletionGracePeriodSeconds == 0)
        {
            await process.KillAsync();
        }
        else if (pod.Metadata.DeletionTimestamp is not null)
        {
            await process.InterruptAsync();
        }
    }

    /// <summary>A pod that has begun or ended without us is another node's, or was ours before a restart; it is left as it is.</summary>
    private bool IsOurs(V1Pod pod) =>
        pod.Status?.Phase is null or "" or "Pending" &&
        pod.Metadata.DeletionGracePeriodSeconds != 0 &&
        (string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Spec.NodeName == _options.NodeName);

    private void Forget(string uid)
    {
        if (_pods.Remove(uid, out var process))
        {
            _leaving.Add(process.DisposeAsync().AsTask());
        }
    }
}
