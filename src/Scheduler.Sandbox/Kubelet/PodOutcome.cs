using System.Collections.Immutable;

namespace Scheduler.Sandbox.Kubelet;

/// <summary>How the containers of a pod ended. The pod succeeded if all of them ended with 0.</summary>
public sealed record PodOutcome
{
    public static PodOutcome Success { get; } = new();

    /// <summary>Exit code of every container that <see cref="ExitCodes"/> does not name.</summary>
    public int ExitCode { get; init; }

    public ImmutableDictionary<string, int> ExitCodes { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>A container that ended for lack of memory, which Kubernetes shows as <c>OOMKilled</c>.</summary>
    public string? OutOfMemory { get; init; }

    public int Of(string container) => ExitCodes.GetValueOrDefault(container, ExitCode);

    /// <summary>The container ended with this code, all others with 0.</summary>
    public static PodOutcome Failed(string container, int exitCode) =>
        new() { ExitCodes = ImmutableDictionary<string, int>.Empty.Add(container, exitCode) };
}
