namespace Scheduler.Core.Lifecycle;

/// <summary>How far a job has come, as far as this node knows.</summary>
public enum LifecycleStage
{
    /// <summary>It has no Kubernetes Job and none is being made.</summary>
    Idle,

    /// <summary>Its Kubernetes Job is being created.</summary>
    Creating,

    /// <summary>The Kubernetes Job exists and has no pod.</summary>
    Created,

    /// <summary>The pod exists and its agent does not run yet.</summary>
    Pending,

    /// <summary>The agent runs.</summary>
    Running,

    /// <summary>The agent or the pod has ended, the Job not yet.</summary>
    Ending,

    /// <summary>The Kubernetes Job has ended or is gone.</summary>
    Finished,
}
