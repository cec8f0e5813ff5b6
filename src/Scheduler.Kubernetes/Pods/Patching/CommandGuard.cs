using k8s.Models;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods.Commands;
using Scheduler.Kubernetes.Pods.Containers;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>
/// A patch must not change what our own containers run, and where it changes a command container's command, the agent's
/// bootstrap still has to be what runs (pod-building.md §12).
/// </summary>
internal sealed class CommandGuard(V1PodSpec pod, Interposer interposer, bool allowUnsafe)
{
    private const string NotSupported = "modifying container commands or args via podSpecPatch is not supported";

    private const string InsteadOfCheckout =
        "; instead consider configuring a checkout hook or skipping the checkout container entirely";

    /// <returns>The patch to apply in its place.</returns>
    /// <exception cref="MergeException">The patch changes what it must not.</exception>
    public V1PodSpec Rewrite(V1PodSpec patch)
    {
        foreach (var container in patch.InitContainers ?? [])
        {
            if (Changes(container, pod.InitContainers) && IsOurInitContainer(container.Name))
            {
                Refuse(container.Name, "");
            }
        }

        return patch with { Containers = patch.Containers is { } given ? [.. given.Select(RewriteContainer)] : null };
    }

    private V1Container RewriteContainer(V1Container container)
    {
        if (!Changes(container, pod.Containers))
        {
            return container;
        }

        switch (container.Name)
        {
            case WellKnown.AgentContainer:
                Refuse(container.Name, "");
                return container;
            case WellKnown.CheckoutContainer:
                Refuse(container.Name, InsteadOfCheckout);
                return container;
            default:
                return IsCommandContainer(container.Name) ? RunByBootstrap(container) : container;
        }
    }

    private V1Container RunByBootstrap(V1Container container) => container with
    {
        Command = null,
        Args = null,
        Env =
        [
            .. container.Env ?? [],
            new V1EnvVar { Name = EnvNames.Command, Value = InterposedCommand.Join(interposer, container.Command, container.Args) },
        ],
    };

    private static bool Changes(V1Container patch, IList<V1Container>? originals) =>
        (patch.Command is { Count: > 0 } || patch.Args is { Count: > 0 })
        && !(originals ?? []).Any(original =>
            (original.Name ?? "") == (patch.Name ?? "")
            && Lists.SameWords(original.Command, patch.Command)
            && Lists.SameWords(original.Args, patch.Args));

    private bool IsCommandContainer(string? name) => (pod.Containers ?? []).Any(original =>
        (original.Name ?? "") == (name ?? "")
        && Lists.SameWords(original.Command, CommandContainers.Command)
        && Lists.SameWords(original.Args, CommandContainers.Args));

    private static bool IsOurInitContainer(string? name) =>
        name is WellKnown.CopyAgentContainer || (name ?? "").StartsWith(WellKnown.ImageCheckPrefix, StringComparison.Ordinal);

    private void Refuse(string name, string advice)
    {
        if (!allowUnsafe)
        {
            throw new MergeException($"for the {name} container, {NotSupported}{advice}");
        }
    }
}
