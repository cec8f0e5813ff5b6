using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Pods;

/// <summary>Composes the status a kubelet would report for one pod.</summary>
internal sealed class PodStatuses(V1Pod pod, DateTime startTime)
{
    private const string NodeAddress = "10.0.0.1";

    /// <summary>Waiting for its turn or its image: nothing has started.</summary>
    public V1PodStatus Creating() => Compose(
        "Pending",
        _ => ContainerStates.Waiting("PodInitializing"),
        _ => ContainerStates.Waiting(pod.Spec.InitContainers is { Count: > 0 } ? "PodInitializing" : "ContainerCreating"));

    /// <summary>No node takes the pod.</summary>
    public V1PodStatus Unschedulable(string message) => new()
    {
        Phase = "Pending",
        Conditions =
        [
            new V1PodCondition
            {
                Type = "PodScheduled",
                Status = "False",
                Reason = "Unschedulable",
                Message = message,
                LastTransitionTime = startTime,
            },
        ],
    };

    /// <summary>The named init container is in this state, those before it are done, and those behind it wait.</summary>
    public V1PodStatus AtInit(string container, V1ContainerState state, string phase)
    {
        var reached = false;
        return Compose(
            phase,
            init =>
            {
                reached |= init.Name == container;
                return init.Name == container ? state : reached ? ContainerStates.Waiting("PodInitializing") : InitDone(init, startTime);
            },
            _ => ContainerStates.Waiting("PodInitializing"));
    }

    /// <summary>All init containers are done; each container is as <paramref name="state"/> says.</summary>
    public V1PodStatus Started(Func<V1Container, V1ContainerState> state, string phase, string? reason = null, string? message = null)
    {
        var status = Compose(phase, init => InitDone(init, startTime), state);
        (status.Reason, status.Message) = (reason, message);
        return status;
    }

    /// <summary>Every container has ended; sidecars are stopped by the node and end well.</summary>
    public V1PodStatus Ended(PodOutcome outcome, DateTime now)
    {
        var succeeded = pod.Spec.Containers.All(container => outcome.Of(container.Name) == 0);
        return Compose(
            succeeded ? "Succeeded" : "Failed",
            _ => ContainerStates.Ended(0, startTime, now),
            container => ContainerStates.Ended(
                outcome.Of(container.Name), startTime, now, outcome.OutOfMemory == container.Name ? "OOMKilled" : null));
    }

    /// <summary>A native sidecar starts among the init containers and keeps running.</summary>
    private static V1ContainerState InitDone(V1Container container, DateTime at) =>
        container.RestartPolicy == "Always" ? ContainerStates.Running(at) : ContainerStates.Ended(0, at, at);

    private V1PodStatus Compose(string phase, Func<V1Container, V1ContainerState> init, Func<V1Container, V1ContainerState> main)
    {
        var inits = pod.Spec.InitContainers?.Select(container => Status(container, init(container))).ToList();
        var mains = pod.Spec.Containers.Select(container => Status(container, main(container))).ToList();
        var initialized = inits is null ||
            inits.TrueForAll(status => status.State.Terminated?.ExitCode == 0 || status.State.Running is not null);
        var ready = initialized && mains.TrueForAll(status => status.Ready);
        return new V1PodStatus
        {
            Phase = phase,
            StartTime = startTime,
            HostIP = NodeAddress,
            InitContainerStatuses = inits,
            ContainerStatuses = mains,
            Conditions =
            [
                Condition("Initialized", initialized, "ContainersNotInitialized"),
                Condition("Ready", ready, NotReady(phase)),
                Condition("ContainersReady", ready, NotReady(phase)),
                Condition("PodScheduled", true, ""),
            ],
        };
    }

    private static string NotReady(string phase) => phase switch
    {
        "Succeeded" => "PodCompleted",
        "Failed" => "PodFailed",
        _ => "ContainersNotReady",
    };

    private V1PodCondition Condition(string type, bool holds, string otherwise) => new()
    {
        Type = type,
        Status = holds ? "True" : "False",
        Reason = holds ? null : otherwise,
        LastTransitionTime = startTime,
    };

    private static V1ContainerStatus Status(V1Container container, V1ContainerState state) => new()
    {
        Name = container.Name,
        Image = container.Image ?? "",
        ImageID = state.Waiting is null ? $"sandbox://{container.Image}" : "",
        ContainerID = state.Waiting is null ? $"sandbox://{container.Name}" : null,
        Ready = state.Running is not null,
        Started = state.Running is not null,
        RestartCount = 0,
        State = state,
    };
}
