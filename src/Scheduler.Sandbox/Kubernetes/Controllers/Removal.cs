using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>Deletes on behalf of controllers.</summary>
internal static class Removal
{
    /// <summary>Deletes one object as a client would, if it is still the one with this uid.</summary>
    public static Task DeleteAsync(
        ObjectStore store, ObjectKey key, string uid, string? policy, DateTimeOffset now, CancellationToken ct) =>
        store.WriteAsync(
            key,
            stored => stored is null || stored.Meta.Uid != uid
                ? Decision.Keep
                : Deletion.Decide(stored, new DeleteOptions(policy, null, null, null), now),
            ct);
}
