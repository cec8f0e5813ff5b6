namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>One committed change.</summary>
/// <param name="Before">The version it replaced; null when the object was created.</param>
/// <param name="After">The new version; when the object was removed, its last state under the removal's revision.</param>
/// <param name="IsRemoval">Whether the object is gone.</param>
/// <param name="Snapshot">Everything stored right after this change.</param>
internal sealed record Change(KubeObject? Before, KubeObject After, bool IsRemoval, StoreSnapshot Snapshot)
{
    public long Revision => After.Meta.Revision;
}
