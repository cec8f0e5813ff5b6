using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary>A folder of hooks that comes from a volume.</summary>
public sealed record AdditionalHook
{
    [Meaning("where the hooks are mounted")]
    public string? Path { get; init; }

    [Meaning("Kubernetes Volume that holds them")]
    public V1Volume? Volume { get; init; }
}
