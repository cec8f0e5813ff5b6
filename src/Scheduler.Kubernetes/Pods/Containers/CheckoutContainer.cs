using k8s.Models;
using Scheduler.Kubernetes.Pods.Scripts;
using Scheduler.Kubernetes.Pods.Settings;

namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>Checks the repository out into the workspace (pod-building.md §7.5). It brings volumes of its own.</summary>
internal static class CheckoutContainer
{
    /// <summary>Adds it, unless the job skips its checkout.</summary>
    /// <exception cref="PodProblemException">
    /// The pod spec has a container that would be removed as the skipped one, and the agent would wait for it for ever.
    /// </exception>
    public static void Apply(JobScope scope, PodDraft pod)
    {
        if (scope.SkipsCheckout)
        {
            RefuseOwnContainerOfThatName(pod);
            return;
        }

        var mounts = new List<V1VolumeMount>([.. scope.SharedMounts, .. scope.Settings.Agent.CheckoutMounts]);
        foreach (var checkout in scope.CheckoutLevels)
        {
            if (checkout.GitMirrors is { Volume: { } volume } mirrors)
            {
                pod.Volumes.Add(volume);
                mounts.Add(new V1VolumeMount { Name = volume.Name, MountPath = GitVariables.MirrorsPath(mirrors) });
            }

            mounts.AddRange(checkout.ExtraVolumeMounts);
        }

        var credentials = scope.Plugin.Checkout?.GitCredentialsSecret ?? scope.Options.DefaultCheckoutParams?.GitCredentialsSecret;
        if (credentials is not null)
        {
            AddCredentials(credentials, pod, mounts);
        }

        pod.Containers.Add(Create(scope, mounts, credentials is not null));
    }

    /// <summary>With checkout skipped there is none, not even one that a patch has added.</summary>
    public static void RemoveSkipped(JobScope scope, PodDraft pod)
    {
        for (var i = pod.Containers.Count - 1; scope.SkipsCheckout && i >= 0; i--)
        {
            if (pod.Containers[i].Name == WellKnown.CheckoutContainer)
            {
                pod.Containers.RemoveAt(i);
            }
        }
    }

    private static void RefuseOwnContainerOfThatName(PodDraft pod)
    {
        if (pod.Containers.Any(container => container.Name == WellKnown.CheckoutContainer))
        {
            throw PodProblemException.InBuilding(
                $"checkout is skipped, so the podSpec must not have a container named {WellKnown.CheckoutContainer}; give it another name");
        }
    }

    private static V1Container Create(JobScope scope, List<V1VolumeMount> mounts, bool withCredentials) => new()
    {
        Name = WellKnown.CheckoutContainer,
        Image = scope.Options.Image,
        ImagePullPolicy = scope.Settings.AgentImagePolicy,
        Command = ["/bin/sh", "-c"],
        Args = [CheckoutScript.For(scope.User, withCredentials)],
        WorkingDir = WellKnown.Workspace,
        SecurityContext = scope.User.RootContext,
        Env = new EnvList()
            .Add(EnvNames.BootstrapPhases, "plugin,checkout")
            .Add(EnvNames.ContainerId, "0")
            .Add(EnvNames.SocketsPath, WellKnown.Sockets(WellKnown.CheckoutContainer))
            .ToList(),
        EnvFrom = Lists.Concat<V1EnvFromSource>(
            scope.Options.DefaultCheckoutParams?.EnvFrom,
            scope.Plugin.Checkout?.EnvFrom,
            scope.Plugin.GitEnvFrom),
        VolumeMounts = mounts,
    };

    private static void AddCredentials(V1SecretVolumeSource secret, PodDraft pod, List<V1VolumeMount> mounts)
    {
        pod.Volumes.Add(new V1Volume { Name = WellKnown.GitCredentialsSourceVolume, Secret = secret });
        pod.Volumes.Add(new V1Volume
        {
            Name = WellKnown.GitCredentialsVolume,
            EmptyDir = new V1EmptyDirVolumeSource { Medium = "Memory" },
        });
        mounts.Add(new V1VolumeMount { Name = WellKnown.GitCredentialsSourceVolume, MountPath = WellKnown.GitCredentialsSourcePath });
        mounts.Add(new V1VolumeMount { Name = WellKnown.GitCredentialsVolume, MountPath = WellKnown.GitCredentialsPath });
    }
}
