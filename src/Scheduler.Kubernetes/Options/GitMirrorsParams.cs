using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>gitMirrors</c> of the checkout parameters. Null = not set.</summary>
public sealed record GitMirrorsParams
{
    public string? Path { get; init; }

    public V1Volume? Volume { get; init; }

    public string? CloneFlags { get; init; }

    /// <summary>Seconds.</summary>
    public int? LockTimeout { get; init; }

    public bool? SkipUpdate { get; init; }
}
