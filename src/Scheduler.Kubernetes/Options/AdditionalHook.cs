using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary>A folder of hooks that comes from a volume.</summary>
public sealed record AdditionalHook
{
    public string? Path { get; init; }

    public V1Volume? Volume { get; init; }
}
