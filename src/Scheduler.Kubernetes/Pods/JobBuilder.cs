using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Naming;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods.Containers;
using Scheduler.Kubernetes.Pods.Metadata;
using Scheduler.Kubernetes.Pods.Patching;
using Scheduler.Kubernetes.Pods.Plugin;
using Scheduler.Kubernetes.Pods.Resources;
using Scheduler.Kubernetes.Pods.Settings;

namespace Scheduler.Kubernetes.Pods;

/// <summary>
/// Makes a Kubernetes Job of a Buildkite job, as the original does (pod-building.md). Pure: the same input gives the same Job, no
/// input is changed, and no input, however broken, makes it throw. Safe for concurrent use. One per configuration.
/// </summary>
public sealed class JobBuilder
{
    private readonly PodSettings _settings;

    /// <param name="options">The configuration, validated.</param>
    /// <param name="version">Of this program; agents report it as the tag <c>k8s:agent-stack-version</c>.</param>
    /// <exception cref="ArgumentException">The configured <c>image</c> is no image reference.</exception>
    public JobBuilder(ControllerOptions options, string version = "devel")
    {
        ArgumentNullException.ThrowIfNull(options);
        _settings = new PodSettings(options, version);
    }

    /// <summary>The detail to finish a Buildkite job with when its PodTemplate cannot be read.</summary>
    public static string PodTemplateProblem(string name, string error) => PlainText.Line($"Error fetching podTemplate \"{name}\": {error}");

    /// <summary>The name of the Kubernetes Job that <see cref="Build"/> gives a Buildkite job.</summary>
    public string NameOf(Core.Identity.JobId job) => JobNames.For(_settings.Options.JobPrefix, job);

    /// <summary>Reads the job's kubernetes plugin. Comes before <see cref="Build"/>, for it says which PodTemplate must be read.</summary>
    public PluginResult Parse(BuildkiteJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return PluginParser.Parse(job, _settings.Options);
    }

    /// <summary>Builds the Job.</summary>
    public BuildResult Build(BuildInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var warnings = new List<string>();
        try
        {
            var scope = new JobScope(_settings, input, JobTags.Parse(input.AgentQueryRules, warnings));
            var metadata = JobMetadata.For(scope, warnings);
            return new BuildResult.Built(JobOf(scope, metadata, BuildPod(scope)), CappedTexts.Of(warnings));
        }
        catch (PodProblemException e)
        {
            return new BuildResult.Failed(e.Message, CappedTexts.Of(warnings));
        }
    }

    /// <summary>The order is what users see: what comes later does not change what was derived before (pod-building.md §4).</summary>
    private static V1PodSpec BuildPod(JobScope scope)
    {
        var pod = PodDraft.From(scope.BasePod);
        pod.Spec.TerminationGracePeriodSeconds = scope.GraceSeconds;
        pod.Volumes.Add(scope.Settings.WorkspaceVolume);
        pod.AddVolumes(scope.Settings.Agent.Volumes);
        CommandContainers.Apply(scope, pod);
        SidecarContainers.Apply(scope, pod);
        ResourceClassChoice.Apply(scope, pod);
        pod.Containers.Add(AgentContainer.Create(scope, commandContainers: pod.Containers.Count));
        CheckoutContainer.Apply(scope, pod);
        ImageCheckContainers.Apply(scope, pod);
        pod.Spec.RestartPolicy = "Never";
        Patch(scope, pod, scope.Options.PodSpecPatch, "controller");
        ImageAttribute.Apply(scope, pod);
        Patch(scope, pod, scope.Plugin.PodSpecPatch, "k8s plugin");
        CheckoutContainer.RemoveSkipped(scope, pod);
        MountPaths.KeepFirst(pod);
        return pod.Spec;
    }

    private static void Patch(JobScope scope, PodDraft pod, V1PodSpec? patch, string source)
    {
        if (patch is not null)
        {
            var allowUnsafe = scope.Options.AllowPodSpecPatchUnsafeCommandModification;
            pod.Replace(PodSpecPatcher.Apply(pod.Spec, patch, source, scope.Interposer, allowUnsafe));
        }
    }

    private static V1Job JobOf(JobScope scope, JobMetadata metadata, V1PodSpec pod) => new()
    {
        ApiVersion = $"{V1Job.KubeGroup}/{V1Job.KubeApiVersion}",
        Kind = V1Job.KubeKind,
        Metadata = metadata.OfJob(scope),
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            TtlSecondsAfterFinished = (int)Math.Clamp(scope.Options.JobTtl.TotalSeconds, int.MinValue, int.MaxValue),
            ActiveDeadlineSeconds = scope.Plugin.JobActiveDeadlineSeconds is > 0 and var own ? own : scope.Options.JobActiveDeadlineSeconds,
            Template = new V1PodTemplateSpec { Metadata = metadata.OfPod(), Spec = pod },
        },
    };
}
