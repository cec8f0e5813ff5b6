using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Configuration.Yaml;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Metadata;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Pipelines;

/// <summary>
/// Reads a kubernetes plugin as strictly as possible and says all that would go wrong with its job, as far as that shows without
/// the job. Buildkite replaces <c>$VARIABLES</c> and matrix values in texts later, so the form of such texts is not judged.
/// </summary>
internal static class PluginReview
{
    /// <param name="plugin">Name and configuration.</param>
    /// <param name="options">The controller's configuration.</param>
    /// <param name="most">No more than so many findings are looked for in the text, which takes long in large mappings.</param>
    public static IEnumerable<PipelineFinding> Of(YamlMember plugin, ControllerOptions options, int most) =>
        RepeatedKeys.Within(plugin.Value).Concat(Findings(plugin, options).Take(most).Select(finding => Placed(finding, plugin)));

    private static PipelineFinding Placed(PathFinding finding, YamlMember plugin)
    {
        var found = PartAt.Find(plugin, finding.Path);
        return new PipelineFinding(finding.IsAboutKey || finding.Path.Length == 0 ? found.Place : found.Value.Place, finding.Message, finding.IsError);
    }

    private static IEnumerable<PathFinding> Findings(YamlMember plugin, ControllerOptions options)
    {
        if (options.ProhibitKubernetesPlugin)
        {
            return [new PathFinding("", "the kubernetes plugin is prohibited by the controller's configuration (prohibit-kubernetes-plugin)")];
        }

        return plugin.Value.ToJson() is { } configuration
            ? Findings(configuration, plugin, options)
            : [new PathFinding("", "the kubernetes plugin has no configuration, as if it were not there", IsError: false)];
    }

    private static IEnumerable<PathFinding> Findings(JsonNode configuration, YamlMember plugin, ControllerOptions options)
    {
        var reading = FragmentReader.Read<KubernetesPlugin>(configuration, "", FragmentMode.Strict);
        var misread = reading.Errors.Where(issue => !IsDecidedLater(issue, plugin)).Select(Misread).ToList();
        var read = reading.Value ?? KubernetesPlugin.None;
        return
        [
            .. misread,
            .. reading.Warnings.Select(issue => new PathFinding(issue.Path, issue.Message, IsError: false, IsAboutKey: true)),
            .. PatchRemarks.Nulls(configuration).Select(path => new PathFinding(path, PatchRemarks.NullMessage(path), IsAboutKey: true)),
            .. ReservedMetadata.PathsIn("metadata", read.Metadata)
                .Select(path => new PathFinding(path, ReservedMetadata.Message(path), IsAboutKey: true)),
            .. RequiredFields.Missing(configuration),
            .. PluginImages.Check(read),
            .. WithoutEffect(read),
            .. misread.Count > 0 ? [] : FromBuilder(read, options),
        ];
    }

    private static PathFinding Misread(FragmentIssue issue) => new(
        issue.Path,
        issue.Path.Length == 0 ? $"the kubernetes plugin's configuration: {issue.Message}" : PatchRemarks.Explain(issue),
        IsAboutKey: issue.Kind == FragmentIssueKind.UnknownField);

    /// <summary>The right type in a form that is wrong only as long as variables are not replaced.</summary>
    private static bool IsDecidedLater(FragmentIssue issue, YamlMember plugin) =>
        (issue.Kind == FragmentIssueKind.UnknownChoice
            || issue.Expected == Scalars.Quantity.Name || issue.Expected == Scalars.Time.Name || issue.Expected == Scalars.Bytes.Name)
        && PartAt.Find(plugin, issue.Path).Value is YamlScalarPart { Text: { } text }
        && VariableText.Contains(text);

    private static IEnumerable<PathFinding> WithoutEffect(KubernetesPlugin plugin)
    {
        if (plugin.PodSpec is not null && !string.IsNullOrEmpty(plugin.PodTemplate))
        {
            yield return new PathFinding("podTemplate", "podTemplate has no effect beside podSpec; remove one of them", IsError: false, IsAboutKey: true);
        }

        if (plugin.JobActiveDeadlineSeconds is <= 0)
        {
            yield return new PathFinding(
                "jobActiveDeadlineSeconds", "jobActiveDeadlineSeconds has no effect unless it is greater than 0", IsError: false);
        }
    }

    /// <summary>What the job builder says to the rest. With a pod template only the cluster knows what is patched.</summary>
    private static ImmutableArray<PathFinding> FromBuilder(KubernetesPlugin plugin, ControllerOptions options)
    {
        if (plugin.WantedPodTemplate is not null)
        {
            return [];
        }

        var job = new BuildkiteJob(new JobId(Guid.Empty), "true", ImmutableDictionary<string, string>.Empty);
        return new JobBuilder(options).Build(new BuildInput(job, 0, [], PluginImages.WithValidOnes(plugin))) is BuildResult.Failed failed
            ? [new PathFinding(failed.Message.Contains("from k8s plugin", StringComparison.Ordinal) ? "podSpecPatch" : "", failed.Message, IsAboutKey: true)]
            : [];
    }
}
