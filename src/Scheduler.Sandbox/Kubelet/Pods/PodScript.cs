using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>
/// What happens to one pod, step by step, as its plan says. Ends when the pod has ended or was interrupted; throws
/// <see cref="OperationCanceledException"/> when the pod was killed.
/// </summary>
internal sealed partial class PodScript(V1Pod pod, PodApi api, KubeletOptions options, IPodWorkload workload)
{
    private PodPlan _plan = PodPlan.Default;

    /// <returns>False if another node has the pod.</returns>
    public async Task<bool> PlayAsync(CancellationToken interrupted, CancellationToken killed)
    {
        _plan = PodPlan.Of(pod);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, killed);
        var statuses = new PodStatuses(pod, Now);
        try
        {
            if (_plan.Behaviour == PodBehaviour.Pending || Misfit() is not null)
            {
                var message = Misfit() ?? _plan.Message ?? "0/1 nodes are available: 1 Insufficient cpu.";
                await api.ReportAsync(statuses.Unschedulable(message), killed);
                await Wait(Timeout.InfiniteTimeSpan, either.Token);
            }

            if (options.BindPods && string.IsNullOrEmpty(pod.Spec.NodeName) && !await api.BindAsync(options.NodeName, killed))
            {
                return false;
            }

            await StartAsync(statuses, either.Token);
            if (_plan.Behaviour == PodBehaviour.InitFailure)
            {
                await api.ReportAsync(InitFailed(statuses), killed);
                return true;
            }
        }
        catch (OperationCanceledException) when (!killed.IsCancellationRequested)
        {
            return true;
        }

        await ContainersAsync(new PodStatuses(pod, Now), interrupted, killed);
        return true;
    }

    private DateTime Now => options.Time.GetUtcNow().UtcDateTime;

    private async Task StartAsync(PodStatuses statuses, CancellationToken ct)
    {
        var pull = _plan.Behaviour == PodBehaviour.SlowImage ? _plan.Duration ?? TimeSpan.FromSeconds(10) : TimeSpan.Zero;
        var delay = options.StartDelay + pull;
        if (delay >= options.ShowStartFrom)
        {
            await api.ReportAsync(statuses.Creating(), ct);
        }

        await Wait(delay, ct);
    }

    /// <summary>The label the pod asks for and the node lacks; null if it fits.</summary>
    private string? Misfit() => pod.Spec.NodeSelector?
        .Where(label => !options.NodeLabels.TryGetValue(label.Key, out var value) || value != label.Value)
        .Select(label => $"0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector ({label.Key}={label.Value}).")
        .FirstOrDefault();

    private V1PodStatus InitFailed(PodStatuses statuses)
    {
        var inits = pod.Spec.InitContainers ?? [];
        var name = _plan.Container ?? inits.LastOrDefault()?.Name
            ?? throw new InvalidOperationException(
                $"pod {pod.Metadata.Name}: {PodPlan.Prefix}behaviour is init-failure, but it has no init container");
        return statuses.AtInit(name, ContainerStates.Ended(_plan.ExitCode, Now, Now, null, _plan.Message), "Failed");
    }

    private Task Wait(TimeSpan time, CancellationToken ct) => Task.Delay(time, options.Time, ct);
}
