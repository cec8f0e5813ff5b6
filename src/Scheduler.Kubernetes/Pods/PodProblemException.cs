using Scheduler.Core.Text;

namespace Scheduler.Kubernetes.Pods;

/// <summary>
/// Ends the building of a pod. Its message is meant for the author of the pipeline; <see cref="JobBuilder"/> turns it into a
/// <see cref="BuildResult.Failed"/>, so that it never leaves this folder.
/// </summary>
internal sealed class PodProblemException(string message) : Exception(message)
{
    /// <param name="detail">What is wrong; names and values in it cannot add lines to it.</param>
    public static PodProblemException InBuilding(string detail) => OfLines(PlainText.Line(detail));

    /// <param name="detail">What is wrong, in lines and tables of ours.</param>
    public static PodProblemException OfLines(string detail) =>
        new($"agent-stack-k8s failed to build a podSpec for the job: {detail}");
}
