using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods.Commands;
using Scheduler.Kubernetes.Pods.Plugin;
using Scheduler.Kubernetes.Pods.Settings;

namespace Scheduler.Kubernetes.Pods;

/// <summary>The facts about one job that its containers are made from. They stand before the first container does.</summary>
internal sealed class JobScope
{
    private readonly BuildInput _input;

    public JobScope(PodSettings settings, BuildInput input, JobTags tags)
    {
        _input = input;
        Settings = settings;
        Tags = tags;
        Plugin = input.Plugin ?? KubernetesPlugin.None;
        BasePod = Plugin.PodSpec ?? TemplateOf(input, Plugin) ?? new V1PodSpec();
        SkipsCheckout = Plugin.Checkout?.Skip ?? settings.Options.DefaultCheckoutParams?.Skip ?? false;
        SharedMounts = [settings.WorkspaceMount, .. Plugin.ExtraVolumeMounts];
        User = PodUser.Of(BasePod);
        GraceSeconds = BasePod.TerminationGracePeriodSeconds ?? settings.Options.DefaultTerminationGracePeriodSeconds;
        Interposer = InterposedCommand.Choose(Plugin.CommandParams, settings.Options.DefaultCommandParams);
    }

    public PodSettings Settings { get; }

    public ControllerOptions Options => Settings.Options;

    public KubernetesPlugin Plugin { get; }

    public JobTags Tags { get; }

    public JobId JobId => _input.Job.Id;

    public string Command => _input.Job.Command ?? "";

    public int Priority => _input.Priority;

    public GrantId? Grant => _input.Grant;

    /// <summary>What the pod starts from.</summary>
    public V1PodSpec BasePod { get; }

    public bool SkipsCheckout { get; }

    /// <summary>Containers of ours, before the command containers, that the agent waits for.</summary>
    public int SystemContainers => SkipsCheckout ? 0 : 1;

    /// <summary>The workspace, then the plugin's extra mounts.</summary>
    public IReadOnlyList<V1VolumeMount> SharedMounts { get; }

    public PodUser User { get; }

    /// <summary>Seconds between asking the pod to stop and killing it.</summary>
    public long GraceSeconds { get; }

    public Interposer Interposer { get; }

    /// <summary>Default checkout parameters, then the plugin's; they are applied one after the other.</summary>
    public IEnumerable<CheckoutParams> CheckoutLevels
    {
        get
        {
            if (Options.DefaultCheckoutParams is { } configured)
            {
                yield return configured;
            }

            if (Plugin.Checkout is { } own)
            {
                yield return own;
            }
        }
    }

    /// <summary>A variable of the job's own environment; null when it is absent or empty.</summary>
    public string? JobVariable(string name) =>
        _input.Job.Env.TryGetValue(name, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    private static V1PodSpec? TemplateOf(BuildInput input, KubernetesPlugin plugin)
    {
        if (plugin.WantedPodTemplate is not { } name)
        {
            return null;
        }

        return input.PodTemplate is { } template
            ? template.Template?.Spec
            : throw new PodProblemException(JobBuilder.PodTemplateProblem(name, $"podtemplates \"{name}\" not found"));
    }
}
