namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>What a write makes of the object it found.</summary>
/// <param name="Item">The new version, or the last state of an object that goes; null to change nothing.</param>
/// <param name="IsRemoval">Whether the object goes.</param>
internal readonly record struct Decision(KubeObject? Item, bool IsRemoval)
{
    public static Decision Keep => default;

    public static Decision Put(KubeObject item) => new(item, false);

    public static Decision Remove(KubeObject item) => new(item, true);
}
