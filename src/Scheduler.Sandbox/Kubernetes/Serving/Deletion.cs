using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>What a delete makes of an object: gone at once, or marked until its grace is over and its finalizers are done.</summary>
internal static class Deletion
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    public static Decision Decide(KubeObject stored, DeleteOptions options, DateTimeOffset now)
    {
        var meta = stored.Meta;
        var finalizers = (options.Policy ?? (stored.Type.Rules.OrphansDependentsByDefault ? "Orphan" : null)) switch
        {
            "Foreground" => meta.Finalizers.Remove(Orphan).Remove(Foreground).Add(Foreground),
            "Orphan" => meta.Finalizers.Remove(Orphan).Remove(Foreground).Add(Orphan),
            "Background" => meta.Finalizers.Remove(Orphan).Remove(Foreground),
            _ => meta.Finalizers,
        };
        var grace = Math.Max(0, stored.Type.Rules.GraceOf(stored, options.GraceSeconds));
        if (meta.Deleted is not null)
        {
            // Whoever asks again may only hurry.
            grace = Math.Min(grace, meta.GraceSeconds ?? 0);
        }

        var due = Admission.ToTheSecond(now).AddSeconds(grace);
        var marked = stored.With(meta with
        {
            Finalizers = finalizers,
            GraceSeconds = grace,
            Deleted = meta.Deleted is { } earlier && earlier < due ? earlier : due,
        });
        return Admission.MayGo(marked) ? Decision.Remove(marked)
            : marked.SameContentAs(stored) ? Decision.Keep
            : Decision.Put(marked);
    }
}
