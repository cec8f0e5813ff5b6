using System.Collections.Frozen;

namespace Scheduler.Core.Verdicts;

/// <summary>The kubelet's reasons for a container that cannot be made (controller-behaviour.md §12.3).</summary>
public static class StuckReasons
{
    /// <summary>Waiting cannot help: the image's name is no name.</summary>
    public const string Hopeless = "InvalidImageName";

    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        Hopeless,
        "ErrImagePull",
        "ImagePullBackOff",
        "ErrImageNeverPull",
        "ImageInspectError",
        "CreateContainerConfigError",
        "CreateContainerError",
        "PreCreateHookError",
        "PreStartHookError");

    public static bool Contains(string reason) => All.Contains(reason);
}
