using System.Net;

namespace Scheduler.Demo;

/// <summary>What <c>scheduler sandbox</c> serves.</summary>
internal sealed record SandboxOptions
{
    /// <summary>Where both servers listen.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 = any free port.</summary>
    public int BuildkitePort { get; init; }

    /// <summary>0 = any free port.</summary>
    public int KubernetesPort { get; init; }

    /// <summary>Serve Kubernetes over TLS: <c>kubectl</c> sends its credentials over nothing else.</summary>
    public bool UseTls { get; init; }

    /// <summary>Buildkite jobs waiting at the start.</summary>
    public int Jobs { get; init; }

    public TimeSpan JobDuration { get; init; } = TimeSpan.FromSeconds(5);

    public int Seed { get; init; } = 1;

    /// <summary>Where to write the kubeconfig; null = a temporary file.</summary>
    public string? Kubeconfig { get; init; }
}
