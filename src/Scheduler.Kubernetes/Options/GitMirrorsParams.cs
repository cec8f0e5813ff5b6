using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>gitMirrors</c> of the checkout parameters. Null = not set.</summary>
public sealed record GitMirrorsParams
{
    [Meaning("folder of the mirrors; /buildkite/git-mirrors if there is a volume")]
    public string? Path { get; init; }

    [Meaning("volume mounted there in the checkout container")]
    public V1Volume? Volume { get; init; }

    [Meaning("flags of git clone when a mirror is made")]
    public string? CloneFlags { get; init; }

    [Meaning("seconds to wait for the lock of a mirror")]
    public int? LockTimeout { get; init; }

    [Meaning("mirrors are used as they are")]
    public bool? SkipUpdate { get; init; }
}
