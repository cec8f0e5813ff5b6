namespace Scheduler.Core.Facts;

/// <summary>A pod's phase; anything but the four known ones is <see cref="Unknown"/>.</summary>
public enum PodPhase
{
    Unknown,
    Pending,
    Running,
    Succeeded,
    Failed,
}
