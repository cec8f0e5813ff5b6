using System.Globalization;
using k8s.Models;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Naming;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods.Containers;

namespace Scheduler.Kubernetes.Pods.Metadata;

/// <summary>
/// Labels and annotations, the same for the Job and its pod; later ones override earlier ones (pod-building.md §5.2). Ours come
/// last, and of others' no <see cref="ReservedKeys"/> are taken, so that also those which we leave out are left out.
/// </summary>
internal sealed class JobMetadata
{
    private readonly SortedDictionary<string, string> _labels = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> _annotations = new(StringComparer.Ordinal)
    {
        [JobAnnotations.SafeToEvict] = "false",
    };

    private JobMetadata()
    {
    }

    public static JobMetadata For(JobScope scope, List<string> warnings)
    {
        var metadata = new JobMetadata();
        metadata.Add(scope.Options.DefaultMetadata);
        metadata.Add(scope.Plugin.Metadata);
        metadata.AddOwnLabels(scope, warnings);
        metadata.AddBuild(scope, warnings);
        return metadata;
    }

    public V1ObjectMeta OfJob(JobScope scope)
    {
        var meta = OfPod();
        meta.Name = JobNames.For(scope.Options.JobPrefix, scope.JobId);
        if (scope.Grant is { } grant)
        {
            meta.Annotations[JobLabels.Grant] = grant.ToString();
        }

        return meta;
    }

    public V1ObjectMeta OfPod() => new()
    {
        Labels = Lists.Overlay(null, _labels),
        Annotations = Lists.Overlay(null, _annotations),
    };

    private void Add(MetadataParams? given)
    {
        if (given is not null)
        {
            Lists.Lay(_labels, ReservedMetadata.Without(given.Labels));
            Lists.Lay(_annotations, ReservedMetadata.Without(given.Annotations));
        }
    }

    private void AddOwnLabels(JobScope scope, List<string> warnings)
    {
        _labels[JobLabels.JobUuid] = scope.JobId.ToString();
        if (!string.IsNullOrEmpty(scope.Options.Id))
        {
            _labels[JobLabels.ControllerId] = scope.Options.Id;
        }

        scope.Tags.AddLabels(_labels, warnings);
    }

    private void AddBuild(JobScope scope, List<string> warnings)
    {
        var buildUrl = scope.JobVariable("BUILDKITE_BUILD_URL") ?? "";
        _annotations[JobAnnotations.BuildUrl] = buildUrl;
        _annotations[JobAnnotations.BuildBranch] = scope.JobVariable("BUILDKITE_BRANCH") ?? "";
        _annotations[JobAnnotations.BuildRepo] = scope.JobVariable("BUILDKITE_REPO") ?? "";
        _annotations[JobAnnotations.PipelineSlug] = scope.JobVariable("BUILDKITE_PIPELINE_SLUG") ?? "";
        _annotations[JobAnnotations.StepKey] = scope.JobVariable("BUILDKITE_STEP_KEY") ?? "";
        _annotations[JobAnnotations.JobPriority] = scope.Priority.ToString(CultureInfo.InvariantCulture);
        if (BuildUrl.WithFragment(buildUrl, scope.JobId.ToString()) is { } jobUrl)
        {
            _annotations[JobAnnotations.JobUrl] = jobUrl;
        }
        else
        {
            warnings.Add($"BUILDKITE_BUILD_URL is no URL, so the Job gets no annotation {JobAnnotations.JobUrl}: {GoText.Quote(buildUrl)}");
        }

        if (scope.Plugin.WantedPodTemplate is { } template)
        {
            _annotations[JobAnnotations.PodTemplateName] = template;
        }

        for (var i = 0; i < scope.Plugin.Sidecars.Length; i++)
        {
            _annotations[JobAnnotations.Sidecar(i)] = SidecarContainers.NameOf(scope.Plugin.Sidecars[i], i);
        }
    }
}
