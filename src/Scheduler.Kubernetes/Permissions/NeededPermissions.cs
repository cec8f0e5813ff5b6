using System.Collections.Immutable;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Permissions;

/// <summary>All that the controller's Role must allow, with reasons. The chart's Role is tested against this table.</summary>
public static class NeededPermissions
{
    public static ImmutableArray<Permission> All { get; } =
    [
        new("list", ApiResource.Jobs, "the limiter counts all unfinished Jobs before it grants anything"),
        new("watch", ApiResource.Jobs, "a Job's end frees its token"),
        new("get", ApiResource.Jobs, "a token is freed only after a fresh look at its Job"),
        new("create", ApiResource.Jobs, "starting jobs"),
        new("update", ApiResource.Jobs, "shortening the deadline of Jobs that stall or whose agent has ended"),
        new("delete", ApiResource.Jobs, "removing a Job that was cancelled before it had a pod"),
        new("list", ApiResource.Pods, "noticing images that cannot be pulled and pods that stay pending"),
        new("watch", ApiResource.Pods, "noticing it as it happens"),
        new("delete", ApiResource.Pods, "removing pods that will never run"),
        new("get", ApiResource.Secrets, "reading the agent token"),
        new("get", ApiResource.PodTemplates, "steps that name a podTemplate"),
        new("list", ApiResource.Events, "telling the build why a pod does not start"),
        new("get", ApiResource.Leases, "seeing who may grant tokens"),
        new("create", ApiResource.Leases, "making that lease the first time"),
        new("update", ApiResource.Leases, "acquiring, renewing and releasing it"),
    ];
}
