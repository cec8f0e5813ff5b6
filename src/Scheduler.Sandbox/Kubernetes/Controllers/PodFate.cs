namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>What became of a Job's pod. Only <see cref="Active"/> ever changes.</summary>
internal enum PodFate
{
    Active,
    Succeeded,

    /// <summary>It failed, or was deleted before it had ended.</summary>
    Failed,
}
