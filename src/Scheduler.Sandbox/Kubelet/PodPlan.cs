using System.Globalization;
using k8s.Models;

namespace Scheduler.Sandbox.Kubelet;

/// <summary>How one pod is to behave, read from its annotations.</summary>
/// <param name="Behaviour">Annotation <c>sandbox.scheduler/behaviour</c>.</param>
/// <param name="Duration">
/// Annotation <c>sandbox.scheduler/duration</c>: run time, or the time until the behaviour strikes; null for the default.
/// </param>
/// <param name="ExitCode">Annotation <c>sandbox.scheduler/exit-code</c>, default 1: of the container that fails.</param>
/// <param name="Container">Annotation <c>sandbox.scheduler/container</c>: the container that fails; null lets the node choose.</param>
/// <param name="Message">Annotation <c>sandbox.scheduler/message</c>: text Kubernetes shows with the failure; null for a usual one.</param>
public sealed record PodPlan(PodBehaviour Behaviour, TimeSpan? Duration, int ExitCode, string? Container, string? Message)
{
    /// <summary>Prefix of all annotations that steer a pod.</summary>
    public const string Prefix = "sandbox.scheduler/";

    public static PodPlan Default { get; } = new(PodBehaviour.Run, null, 1, null, null);

    /// <exception cref="FormatException">An annotation has a value that is not understood.</exception>
    public static PodPlan Of(V1Pod pod)
    {
        var annotations = pod.Metadata.Annotations;
        if (annotations is null || !annotations.Keys.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            return Default;
        }

        string? Value(string name) => annotations.TryGetValue(Prefix + name, out var value) ? value : null;
        return new PodPlan(
            Value("behaviour") is { } behaviour ? ParseBehaviour(behaviour) : PodBehaviour.Run,
            Value("duration") is { } duration ? Durations.Parse(duration) : null,
            Value("exit-code") is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : 1,
            Value("container"),
            Value("message"));
    }

    private static PodBehaviour ParseBehaviour(string text) =>
        Enum.TryParse<PodBehaviour>(text.Replace("-", "", StringComparison.Ordinal), true, out var behaviour) && Enum.IsDefined(behaviour)
            ? behaviour
            : throw new FormatException($"{Prefix}behaviour: '{text}' is none of {string.Join(", ", Enum.GetNames<PodBehaviour>())}");
}
