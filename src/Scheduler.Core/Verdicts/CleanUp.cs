namespace Scheduler.Core.Verdicts;

/// <summary>What is to go from Kubernetes.</summary>
public enum CleanUp
{
    /// <summary>Nothing: it ends by itself or has ended.</summary>
    Nothing,

    /// <summary>The pod; its Job then fails, for it makes no second one.</summary>
    Pod,

    /// <summary>The Job; only one without a pod is deleted.</summary>
    Job,

    /// <summary>The Job ends by a deadline and stays to be looked at, so that its name is taken until its time to live is over.</summary>
    JobByDeadline,
}
