using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Permissions;

/// <summary>Something the controller must be allowed to do.</summary>
/// <param name="Verb">As in RBAC rules.</param>
/// <param name="Resource">What it is done to.</param>
/// <param name="Place">Where.</param>
/// <param name="Reason">What for.</param>
public sealed record Permission(string Verb, ApiResource Resource, PermissionPlace Place, string Reason)
{
    /// <summary>The namespace in which a controller of this configuration needs it.</summary>
    public string NamespaceFor(ControllerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Place == PermissionPlace.Jobs ? options.Namespace : options.SchedulerNamespace;
    }

    /// <summary>As in <c>kubectl auth can-i</c>: <c>create jobs.batch</c>.</summary>
    public override string ToString() => $"{Verb} {Resource.Plural}{(Resource.Group.Length > 0 ? "." : "")}{Resource.Group}";
}

/// <summary>Which of the two namespaces; they may be the same.</summary>
public enum PermissionPlace
{
    /// <summary>Where the Jobs are.</summary>
    Jobs,

    /// <summary>Where the scheduler itself is.</summary>
    Scheduler,
}
