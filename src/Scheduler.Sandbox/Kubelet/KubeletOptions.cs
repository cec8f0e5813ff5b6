using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Scheduler.Sandbox.Kubelet;

/// <summary>How the simulated node finds its pods and what it does with them.</summary>
public sealed record KubeletOptions
{
    /// <summary>A Kubernetes API server without authentication, as the sandbox's. Ignored if <see cref="Cluster"/> is set.</summary>
    public Uri? Kubernetes { get; init; }

    /// <summary>How to reach any other API server.</summary>
    public KubernetesClientConfiguration? Cluster { get; init; }

    public string Namespace { get; init; } = "default";

    /// <summary>Pods already bound to another node are left alone.</summary>
    public string NodeName { get; init; } = "sandbox-node";

    /// <summary>
    /// Whether pods are bound to the node, as a Kubernetes scheduler would do. A real API server deletes unbound pods at once
    /// instead of asking them to stop. Costs one more request per pod.
    /// </summary>
    public bool BindPods { get; init; } = true;

    /// <summary>From seeing a pod until its containers run.</summary>
    public TimeSpan StartDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>A start that takes at least so long is shown as <c>ContainerCreating</c> first, which costs one more request.</summary>
    public TimeSpan ShowStartFrom { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pods that run at the same time; further ones stay pending.</summary>
    public int MaxPods { get; init; } = int.MaxValue;

    /// <summary>From <c>ErrImagePull</c> to <c>ImagePullBackOff</c>.</summary>
    public TimeSpan ImageBackOffAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Which images can be pulled.</summary>
    public Func<string, bool> ImageExists { get; init; } = static _ => true;

    /// <summary>Labels of the node. A pod whose node selector asks for others stays unschedulable.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>
    {
        ["kubernetes.io/os"] = "linux",
        ["kubernetes.io/arch"] = "amd64",
    };

    /// <summary>The pods are listed anew so often, even if the watch never breaks.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The token behind the agent container's secret, which the node does not read.</summary>
    public string AgentToken { get; init; } = "bkct_sandbox";

    /// <summary>The agent API to use when the agent container's environment does not name one.</summary>
    public Uri? AgentEndpoint { get; init; }

    /// <summary>Mean run time of a job, unless pod or job say otherwise.</summary>
    public TimeSpan JobDuration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Run times are spread evenly by up to so much to both sides of the mean.</summary>
    public TimeSpan JobDurationSpread { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>With the same seed a job has the same run time again.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long an agent waits for containers that do not start before it fails the job. The real default.</summary>
    public TimeSpan ContainerStartTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <exception cref="ArgumentException">Neither <see cref="Kubernetes"/> nor <see cref="Cluster"/> is set.</exception>
    internal KubernetesClientConfiguration ClientConfiguration() =>
        Cluster ?? (Kubernetes is null
            ? throw new ArgumentException("Kubelet: set Kubernetes (a URL) or Cluster (a client configuration)")
            : new KubernetesClientConfiguration { Host = Kubernetes.ToString() });
}
