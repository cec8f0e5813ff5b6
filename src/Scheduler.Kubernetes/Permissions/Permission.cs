using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Permissions;

/// <summary>Something the controller must be allowed to do.</summary>
/// <param name="Verb">As in RBAC rules.</param>
/// <param name="Resource">What it is done to.</param>
/// <param name="Reason">What for.</param>
public sealed record Permission(string Verb, ApiResource Resource, string Reason)
{
    /// <summary>As in <c>kubectl auth can-i</c>: <c>create jobs.batch</c>.</summary>
    public override string ToString() => $"{Verb} {Resource.Plural}{(Resource.Group.Length > 0 ? "." : "")}{Resource.Group}";
}
