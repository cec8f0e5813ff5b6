namespace Scheduler.Sandbox.Kubelet;

/// <summary>What the containers of a pod do once they run.</summary>
public interface IPodWorkload
{
    /// <summary>Runs until the pod's work is done.</summary>
    /// <param name="run">The pod and how it is to behave.</param>
    /// <param name="interrupted">The pod is being deleted: end soon and in good order, as after SIGTERM.</param>
    /// <returns>How the containers ended.</returns>
    /// <exception cref="OperationCanceledException"><see cref="PodRun.Killed"/>: the pod died without a chance to say anything.</exception>
    Task<PodOutcome> RunAsync(PodRun run, CancellationToken interrupted);
}
