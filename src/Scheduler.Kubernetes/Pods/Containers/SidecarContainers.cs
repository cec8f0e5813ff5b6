using System.Globalization;
using k8s.Models;

namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>
/// The plugin's sidecars: init containers that go on running, so that they are ready before the command starts and do not keep
/// the pod alive after it (pod-building.md §7.3).
/// </summary>
internal static class SidecarContainers
{
    public static string NameOf(V1Container sidecar, int index) => string.IsNullOrEmpty(sidecar.Name)
        ? string.Create(CultureInfo.InvariantCulture, $"sidecar-{index}")
        : sidecar.Name;

    public static void Apply(JobScope scope, PodDraft pod)
    {
        var sidecars = scope.Plugin.Sidecars;
        for (var i = 0; i < sidecars.Length; i++)
        {
            pod.InitContainers.Add(Create(scope, sidecars[i], NameOf(sidecars[i], i)));
        }
    }

    private static V1Container Create(JobScope scope, V1Container own, string name)
    {
        var (defaults, plugin) = (scope.Options.DefaultSidecarParams, scope.Plugin.SidecarParams);
        return own with
        {
            Name = name,
            RestartPolicy = "Always",
            EnvFrom = Lists.Concat<V1EnvFromSource>(own.EnvFrom, defaults?.EnvFrom, plugin?.EnvFrom, scope.Plugin.GitEnvFrom),
            VolumeMounts = Lists.Concat<V1VolumeMount>(
                own.VolumeMounts,
                defaults?.ExtraVolumeMounts,
                scope.SharedMounts,
                plugin?.ExtraVolumeMounts),
        };
    }
}
