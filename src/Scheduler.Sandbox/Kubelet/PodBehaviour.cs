namespace Scheduler.Sandbox.Kubelet;

/// <summary>What a pod does. The annotation's value is the name in kebab-case, as <c>exit-nonzero</c>.</summary>
public enum PodBehaviour
{
    /// <summary>Runs its workload to the end.</summary>
    Run,

    /// <summary>A command container fails with the given exit code (default 1).</summary>
    ExitNonzero,

    /// <summary>A container's image cannot be pulled: <c>ErrImagePull</c>, then <c>ImagePullBackOff</c>, for ever.</summary>
    ImagePullFailure,

    /// <summary>A container waits with <c>InvalidImageName</c>.</summary>
    InvalidImageName,

    /// <summary>A container waits with <c>ErrImageNeverPull</c>.</summary>
    ImageNeverPull,

    /// <summary>A container waits with <c>CreateContainerConfigError</c>.</summary>
    ConfigError,

    /// <summary>No node fits; the pod stays pending.</summary>
    Pending,

    /// <summary>An init container fails with the given exit code (default 1).</summary>
    InitFailure,

    /// <summary>The image takes the given duration to arrive; then the pod runs.</summary>
    SlowImage,

    /// <summary>After the given duration the node evicts the pod; its agent says nothing.</summary>
    Evict,

    /// <summary>After the given duration the node is gone; the pod stays <c>Running</c> and its agent is silent.</summary>
    NodeLoss,

    /// <summary>A command container runs out of memory.</summary>
    OutOfMemory,

    /// <summary>The agent ends with an error before it takes its job.</summary>
    AgentCrash,

    /// <summary>The agent takes its job, then waits in vain for the given duration for the other containers.</summary>
    ContainerStartTimeout,

    /// <summary>The agent ends well, but other containers run on until the pod is deleted.</summary>
    Linger,
}
