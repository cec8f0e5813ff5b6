using Scheduler.Cluster.Launching;

namespace Scheduler.Running;

/// <summary>What this node has done, for views.</summary>
internal sealed class NodeActivity
{
    private JobLauncher? _launcher;

    /// <summary>Kubernetes Jobs created by this node.</summary>
    public long Created => _launcher?.Created ?? 0;

    public JobLauncher Follow(JobLauncher launcher) => _launcher = launcher;
}
