using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Plugin;
using Scheduler.Testing.Golden;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>One golden case: reads its input and builds its Job the way the scheduler does.</summary>
internal sealed class GoldenCase(JsonObject input)
{
    public const string Version = "golden";

    public static GoldenCase Load(string name) => new((JsonObject)JsonNode.Parse(GoldenFolder.Input(name))!);

    /// <summary>The Job, or why there is none.</summary>
    public (V1Job? Job, string? Error) Build()
    {
        var configuration = Configuration();
        if (configuration.Options is null)
        {
            return (null, string.Join('\n', configuration.Problems));
        }

        var builder = new JobBuilder(configuration.Options, Version);
        var job = Job();
        switch (builder.Parse(job))
        {
            case PluginResult.Failed failed:
                return (null, failed.Message);
            case PluginResult.Parsed parsed:
                var scheduled = input["scheduled"];
                var result = builder.Build(new BuildInput(
                    job,
                    (int?)scheduled?["priority"] ?? 0,
                    [.. scheduled?["agent_query_rules"]?.AsArray().Select(rule => (string)rule!) ?? []],
                    parsed.Plugin,
                    Template(parsed.Plugin?.WantedPodTemplate)));
                return result switch
                {
                    BuildResult.Built built => (built.Job, null),
                    BuildResult.Failed failed => (null, failed.Message),
                    _ => throw new InvalidOperationException("a third kind of result"),
                };
            default:
                throw new InvalidOperationException("a third kind of result");
        }
    }

    /// <summary>JSON is YAML.</summary>
    private ConfigurationResult Configuration() => ConfigurationLoader.Merge(
        input["config"]?.ToJsonString(),
        "golden",
        ImmutableDictionary<string, string>.Empty,
        ImmutableDictionary<string, string?>.Empty);

    private BuildkiteJob Job()
    {
        var job = input["job"]!;
        var env = job["env"]!.AsObject().ToImmutableDictionary(member => member.Key, member => (string)member.Value!);
        return new BuildkiteJob(JobId.Parse((string)job["id"]!), (string)job["command"]!, env);
    }

    private V1PodTemplate? Template(string? name) => name is not null && input["podTemplates"]?[name] is { } template
        ? KubernetesJson.Deserialize<V1PodTemplate>(template.ToJsonString(JsonSerializerOptions.Default))
        : null;
}
