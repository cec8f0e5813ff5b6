namespace Scheduler.Core.Facts;

/// <summary>What a container is in its pod.</summary>
public enum ContainerKind
{
    /// <summary>Runs beside the others.</summary>
    Regular,

    /// <summary>Runs to its end before the regular ones start.</summary>
    Init,

    /// <summary>An init container with restartPolicy Always: starts before the regular ones and runs beside them.</summary>
    Sidecar,
}
