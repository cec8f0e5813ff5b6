using Scheduler.Kubernetes.Naming;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>Which Jobs and pods are this controller's.</summary>
public static class JobSelector
{
    /// <param name="controllerId">The configuration's <c>id</c>; empty = a controller without one.</param>
    public static string For(string controllerId) => string.IsNullOrEmpty(controllerId)
        ? $"{JobLabels.JobUuid},!{JobLabels.ControllerId}"
        : $"{JobLabels.JobUuid},{JobLabels.ControllerId}={controllerId}";
}
