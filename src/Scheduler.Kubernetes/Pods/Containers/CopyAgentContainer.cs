using k8s.Models;
using Scheduler.Kubernetes.Pods.Scripts;

namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>The first to run: it prepares the workspace for all others (pod-building.md §7.6).</summary>
internal static class CopyAgentContainer
{
    public static V1Container Create(JobScope scope) => new()
    {
        Name = WellKnown.CopyAgentContainer,
        Image = scope.Options.Image,
        ImagePullPolicy = scope.Settings.AgentImagePolicy,
        Command = ["/bin/sh"],
        Args = ["-cefx", CopyAgentScript.For(scope.User)],
        SecurityContext = scope.User.RootContext,
        VolumeMounts = [scope.Settings.WorkspaceMount],
    };
}
