using System.Collections.Immutable;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Permissions;

/// <summary>All that the controller's Roles must allow, with reasons. The chart's Roles are tested against this table.</summary>
public static class NeededPermissions
{
    private static readonly Permission SeePeers = ForItself("list", ApiResource.Pods, "finding the scheduler's other pods and noticing ended ones");

    public static ImmutableArray<Permission> All { get; } =
    [
        ForJobs("list", ApiResource.Jobs, "the limiter counts all unfinished Jobs before it grants anything"),
        ForJobs("watch", ApiResource.Jobs, "a Job's end frees its token"),
        ForJobs("get", ApiResource.Jobs, "a token is freed only after a fresh look at its Job"),
        ForJobs("create", ApiResource.Jobs, "starting jobs"),
        ForJobs("update", ApiResource.Jobs, "shortening the deadline of Jobs that stall or whose agent has ended"),
        ForJobs("delete", ApiResource.Jobs, "removing a Job that was cancelled before it had a pod"),
        ForJobs("list", ApiResource.Pods, "noticing images that cannot be pulled and pods that stay pending"),
        ForJobs("watch", ApiResource.Pods, "noticing it as it happens"),
        ForJobs("delete", ApiResource.Pods, "removing pods that will never run"),
        ForJobs("get", ApiResource.Secrets, "reading the agent token"),
        ForJobs("get", ApiResource.PodTemplates, "steps that name a podTemplate"),
        ForJobs("list", ApiResource.Events, "telling the build why a pod does not start"),
        SeePeers,
        ForItself("get", ApiResource.Leases, "seeing who may grant tokens"),
        ForItself("create", ApiResource.Leases, "making that lease the first time"),
        ForItself("update", ApiResource.Leases, "acquiring, renewing and releasing it"),
        ForItself("get", ApiResource.Secrets, "reading the authority that signs the nodes' certificates"),
        ForItself("create", ApiResource.Secrets, "making that authority the first time"),
    ];

    /// <summary>Those that this configuration makes use of, each once.</summary>
    public static ImmutableArray<Permission> For(ControllerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. All.Where(permission => permission != SeePeers || options.ClusterPodSelector.Length > 0)
                .Where(permission => !IsForAuthority(permission) || options.NodeTls() == NodeTls.Secret)
                .DistinctBy(permission => (permission.NamespaceFor(options), permission.ToString(), IsForAuthority(permission))),
        ];
    }

    /// <summary>Secrets are granted by name: the nodes' authority is another one than the agent token.</summary>
    private static bool IsForAuthority(Permission permission) =>
        permission.Resource == ApiResource.Secrets && permission.Place == PermissionPlace.Scheduler;

    private static Permission ForJobs(string verb, ApiResource resource, string reason) => new(verb, resource, PermissionPlace.Jobs, reason);

    private static Permission ForItself(string verb, ApiResource resource, string reason) => new(verb, resource, PermissionPlace.Scheduler, reason);
}
