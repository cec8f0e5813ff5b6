using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <content>From the first container's start to the last one's end.</content>
internal sealed partial class PodScript
{
    private async Task ContainersAsync(PodStatuses statuses, CancellationToken interrupted, CancellationToken killed)
    {
        var failure = ImageFailure.Find(pod, _plan, options.ImageExists);
        if (failure is { IsInit: true })
        {
            await StuckAsync(failure, state => statuses.AtInit(failure.Container, state, "Pending"), interrupted, killed);
            return;
        }

        using var silenced = CancellationTokenSource.CreateLinkedTokenSource(killed);
        using var left = CancellationTokenSource.CreateLinkedTokenSource(killed);
        var since = Now;
        var showing = failure is null
            ? api.ReportAsync(statuses.Started(_ => ContainerStates.Running(since), "Running"), killed)
            : StuckAsync(failure, state => statuses.Started(Beside(failure, state, since), "Pending"), interrupted, left.Token);
        var work = workload.RunAsync(new PodRun(pod, _plan, failure?.Container, silenced.Token), interrupted);
        if (_plan.Behaviour is PodBehaviour.Evict or PodBehaviour.NodeLoss)
        {
            await showing;
            await SilenceAsync(statuses, work, silenced, interrupted, killed);
            return;
        }

        PodOutcome outcome;
        try
        {
            outcome = await work;
        }
        finally
        {
            await left.CancelAsync();
            await Quietly(showing, killed);
        }

        if (_plan.Behaviour == PodBehaviour.Linger)
        {
            await LingerAsync(statuses, since, interrupted, killed);
        }

        await api.ReportAsync(statuses.Ended(outcome, Now), killed);
    }

    /// <summary>The other containers run while one waits for its image, and the pod counts as pending.</summary>
    private static Func<V1Container, V1ContainerState> Beside(ImageFailure failure, V1ContainerState state, DateTime since) =>
        container => container.Name == failure.Container ? state : ContainerStates.Running(since);

    /// <summary>Shows one waiting reason after the other, then waits for the pod's deletion.</summary>
    private async Task StuckAsync(
        ImageFailure failure, Func<V1ContainerState, V1PodStatus> status, CancellationToken interrupted, CancellationToken killed)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, killed);
        try
        {
            for (var index = 0; index < failure.Reasons.Count; index++)
            {
                await api.ReportAsync(status(ContainerStates.Waiting(failure.Reasons[index], failure.Message)), killed);
                await Wait(index < failure.Reasons.Count - 1 ? options.ImageBackOffAfter : Timeout.InfiniteTimeSpan, either.Token);
            }
        }
        catch (OperationCanceledException) when (!killed.IsCancellationRequested)
        {
        }
    }

    /// <summary>After the plan's time the agent falls silent. An evicted pod is shown as failed, a lost node's pod as not ready.</summary>
    private async Task SilenceAsync(
        PodStatuses statuses,
        Task<PodOutcome> work,
        CancellationTokenSource silenced,
        CancellationToken interrupted,
        CancellationToken killed)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, killed);
        var since = Now;
        try
        {
            await Wait(_plan.Duration ?? TimeSpan.Zero, either.Token);
        }
        catch (OperationCanceledException) when (!killed.IsCancellationRequested)
        {
        }

        await silenced.CancelAsync();
        await Quietly(work, killed);
        if (_plan.Behaviour == PodBehaviour.Evict)
        {
            var message = _plan.Message ?? "The node was low on resource: ephemeral-storage.";
            await api.ReportAsync(statuses.Started(_ => ContainerStates.Ended(137, since, Now), "Failed", "Evicted", message), killed);
            return;
        }

        var lost = statuses.Started(
            _ => ContainerStates.Running(since), "Running", "NodeLost", _plan.Message ?? "The node is not responding.");
        foreach (var condition in lost.Conditions.Where(condition => condition.Type == "Ready"))
        {
            (condition.Status, condition.Reason, condition.LastTransitionTime) = ("False", "NodeNotReady", Now);
        }

        await api.ReportAsync(lost, killed);
        await UntilInterrupted(interrupted, killed);
    }

    private async Task LingerAsync(PodStatuses statuses, DateTime since, CancellationToken interrupted, CancellationToken killed)
    {
        var now = Now;
        var lingering = statuses.Started(
            container => IsOfTheJob(container) ? ContainerStates.Ended(0, since, now) : ContainerStates.Running(since), "Running");
        await api.ReportAsync(lingering, killed);
        await UntilInterrupted(interrupted, killed);
    }

    /// <summary>The containers that end with the job; anything else was added by its user and need not end.</summary>
    private static bool IsOfTheJob(V1Container container) =>
        container.Name is "agent" or "checkout" || container.Name.StartsWith("container-", StringComparison.Ordinal);

    private async Task UntilInterrupted(CancellationToken interrupted, CancellationToken killed)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, killed);
        await Quietly(Wait(Timeout.InfiniteTimeSpan, either.Token), killed);
    }

    /// <summary>Awaits something that this script itself may have cancelled.</summary>
    private static async Task Quietly(Task task, CancellationToken killed)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (!killed.IsCancellationRequested)
        {
        }
    }
}
