using System.Collections.Immutable;
using System.Net;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>How the sandbox's Kubernetes behaves.</summary>
public sealed record KubernetesServerOptions
{
    /// <summary>Where to listen; clients on other machines, or in other network namespaces, do not reach the loopback address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The TCP port; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// What clients must present; null to let everybody in. kubectl sends tokens over TLS only, so for kubectl set
    /// <see cref="UseTls"/> too.
    /// </summary>
    public string? BearerToken { get; init; }

    /// <summary>Whether to speak HTTPS, with a certificate made for this run; the kubeconfig contains it.</summary>
    public bool UseTls { get; init; }

    /// <summary>Whether Jobs get pods and a status. Without it Jobs stay as clients write them.</summary>
    public bool RunJobController { get; init; } = true;

    /// <summary>Whether owner references are acted upon. Without it foreground and orphan deletes never end.</summary>
    public bool RunGarbageCollector { get; init; } = true;

    /// <summary>Whether deleted pods go once their grace is over, also when no kubelet removes them.</summary>
    public bool RemoveTerminatedPods { get; init; } = true;

    /// <summary>How often watches that want bookmarks get one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many changes of each kind are kept for watches that start from an older revision, and for list pages.</summary>
    public int HistoryLength { get; init; } = 10_000;

    /// <summary>The clock of everything the server does.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the names of the Job controller's pods the same in every run.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The namespaces that exist from the start. Objects in any other are refused until it is created.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = ["default", "kube-system", "buildkite"];

    /// <summary>The nodes that exist from the start.</summary>
    public ImmutableArray<string> Nodes { get; init; } = ["sandbox-node"];
}
