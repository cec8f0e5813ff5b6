namespace Scheduler.Kubernetes.Pods;

/// <summary>
/// Ends the building of a pod. Its message is meant for the author of the pipeline; <see cref="JobBuilder"/> turns it into a
/// <see cref="BuildResult.Failed"/>, so that it never leaves this folder.
/// </summary>
internal sealed class PodProblemException(string message) : Exception(message)
{
    public static PodProblemException InBuilding(string detail) =>
        new($"agent-stack-k8s failed to build a podSpec for the job: {detail}");
}
