using System.Collections.Immutable;
using System.Globalization;
using k8s.Models;
using Scheduler.Kubernetes.Pods.Commands;

namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>
/// Containers that run the job's command. What they would have run becomes <c>BUILDKITE_COMMAND</c>; the agent's bootstrap runs
/// in its place (pod-building.md §7.1, §7.2).
/// </summary>
internal static class CommandContainers
{
    public static readonly ImmutableArray<string> Command = [WellKnown.Tini];

    public static readonly ImmutableArray<string> Args = ["--", WellKnown.AgentBinary, WellKnown.Bootstrap];

    /// <summary>Rewrites the pod's own containers; makes one if there is none.</summary>
    public static void Apply(JobScope scope, PodDraft pod)
    {
        if (pod.Containers.Count == 0)
        {
            pod.Containers.Add(Default(scope));
            return;
        }

        for (var i = 0; i < pod.Containers.Count; i++)
        {
            pod.Containers[i] = Rewrite(scope, pod.Containers[i], i);
        }
    }

    private static V1Container Rewrite(JobScope scope, V1Container own, int index)
    {
        var name = string.IsNullOrEmpty(own.Name) ? DefaultName(index) : own.Name;
        var command = own.Command is { Count: > 0 }
            ? InterposedCommand.Join(scope.Interposer, own.Command, own.Args)
            : scope.Command;
        var (defaults, plugin) = (scope.Options.DefaultCommandParams, scope.Plugin.CommandParams);
        return own with
        {
            Name = name,
            Command = [.. Command],
            Args = [.. Args],
            WorkingDir = string.IsNullOrEmpty(own.WorkingDir) ? WellKnown.Workspace : own.WorkingDir,
            Env = Lists.Concat(own.Env, Variables(scope, command, index, name)),
            EnvFrom = Lists.Concat<V1EnvFromSource>(own.EnvFrom, defaults?.EnvFrom, plugin?.EnvFrom, scope.Plugin.GitEnvFrom),
            VolumeMounts = Lists.Concat<V1VolumeMount>(
                own.VolumeMounts,
                scope.Settings.Agent.CommandMounts,
                defaults?.ExtraVolumeMounts,
                plugin?.ExtraVolumeMounts,
                scope.SharedMounts),
        };
    }

    private static V1Container Default(JobScope scope)
    {
        var (defaults, plugin) = (scope.Options.DefaultCommandParams, scope.Plugin.CommandParams);
        return new V1Container
        {
            Name = DefaultName(0),
            Image = scope.Options.Image,
            Command = [.. Command],
            Args = [.. Args],
            WorkingDir = WellKnown.Workspace,
            Env = Variables(scope, scope.Command, 0, DefaultName(0)),
            EnvFrom = Lists.Concat<V1EnvFromSource>(defaults?.EnvFrom, plugin?.EnvFrom, scope.Plugin.GitEnvFrom),
            VolumeMounts = Lists.Concat<V1VolumeMount>(
                scope.SharedMounts,
                scope.Settings.Agent.CommandMounts,
                defaults?.ExtraVolumeMounts,
                plugin?.ExtraVolumeMounts),
        };
    }

    private static List<V1EnvVar> Variables(JobScope scope, string command, int index, string name) => new EnvList()
        .Add(EnvNames.BootstrapPhases, "plugin,command")
        .Add(EnvNames.Command, command)
        .Add(EnvNames.ContainerId, (index + scope.SystemContainers).ToString(CultureInfo.InvariantCulture))
        .Add(EnvNames.SocketsPath, WellKnown.Sockets(name))
        .ToList();

    private static string DefaultName(int index) => string.Create(CultureInfo.InvariantCulture, $"container-{index}");
}
