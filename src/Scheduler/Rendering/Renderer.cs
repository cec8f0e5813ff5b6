using System.Collections.Immutable;
using System.Text.Json;
using k8s;
using k8s.Models;
using Scheduler.CommandLine;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Rendering;

/// <summary>Builds the Kubernetes Job of a job document, as the controller would, without asking anybody.</summary>
/// <param name="options">The configuration; null when each document brings its own.</param>
/// <param name="templates">Pod templates by name, beside those of the document.</param>
internal sealed class Renderer(ControllerOptions? options, IReadOnlyDictionary<string, V1PodTemplate> templates)
{
    private static readonly ImmutableDictionary<string, string> NoEnvironment = ImmutableDictionary<string, string>.Empty;
    private static readonly ImmutableDictionary<string, string?> NoFlags = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Never throws on bad input: that becomes an error of the result.</summary>
    public RenderResult Render(string document)
    {
        try
        {
            using var json = JsonDocument.Parse(document);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Render(json.RootElement)
                : RenderResult.Failed("the job document must be a JSON object with the keys job, scheduled and, if wanted, config and podTemplates");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return RenderResult.Failed($"the job document cannot be read: {error.Message}");
        }
    }

    private RenderResult Render(JsonElement document)
    {
        var (configured, problem) = Options(document);
        return configured is null ? RenderResult.Failed(problem!) : Build(document, configured);
    }

    private (ControllerOptions? Options, string? Problem) Options(JsonElement document)
    {
        if (!document.TryGetProperty("config", out var config) || config.ValueKind == JsonValueKind.Null)
        {
            return (options ?? new ControllerOptions(), null);
        }

        var result = ConfigurationLoader.Merge(config.GetRawText(), "config", NoEnvironment, NoFlags, ConfigurationUse.Look);
        return result.Options is null ? (null, string.Join('\n', result.Problems)) : (result.Options, null);
    }

    private RenderResult Build(JsonElement document, ControllerOptions configured)
    {
        var job = Job(document);
        var builder = new JobBuilder(configured, VersionCommand.Version);
        if (builder.Parse(job) is not PluginResult.Parsed parsed)
        {
            return RenderResult.Failed(((PluginResult.Failed)builder.Parse(job)).Message);
        }

        V1PodTemplate? template = null;
        if (parsed.Plugin?.WantedPodTemplate is { } name && (template = Template(document, name)) is null)
        {
            return RenderResult.Failed(JobBuilder.PodTemplateProblem(name, $"podtemplates \"{name}\" not found"), parsed.Warnings);
        }

        var (priority, rules) = Scheduled(document);
        var result = builder.Build(new BuildInput(job, priority, rules, parsed.Plugin, template));
        ImmutableArray<string> warnings = [.. parsed.Warnings, .. result.Warnings];
        return result switch
        {
            BuildResult.Built built => new RenderResult(built.Job, null, warnings),
            BuildResult.Failed failed => RenderResult.Failed(failed.Message, warnings),
            _ => throw new InvalidOperationException("the pod builder answered neither success nor failure"),
        };
    }

    private static BuildkiteJob Job(JsonElement document)
    {
        var job = document.TryGetProperty("job", out var given) ? given : throw new FormatException("the key job is missing");
        var env = new Dictionary<string, string>();
        if (job.TryGetProperty("env", out var variables) && variables.ValueKind == JsonValueKind.Object)
        {
            foreach (var variable in variables.EnumerateObject())
            {
                env[variable.Name] = variable.Value.GetString() ?? "";
            }
        }

        var command = job.TryGetProperty("command", out var text) ? text.GetString() ?? "" : "";
        return new BuildkiteJob(JobId.Parse(job.GetProperty("id").GetString() ?? ""), command, env);
    }

    private static (int Priority, ImmutableArray<string> Rules) Scheduled(JsonElement document)
    {
        if (!document.TryGetProperty("scheduled", out var scheduled) || scheduled.ValueKind != JsonValueKind.Object)
        {
            return (0, []);
        }

        var priority = scheduled.TryGetProperty("priority", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : 0;
        ImmutableArray<string> rules = scheduled.TryGetProperty("agent_query_rules", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(rule => rule.GetString() ?? "")]
            : [];
        return (priority, rules);
    }

    private V1PodTemplate? Template(JsonElement document, string name) =>
        document.TryGetProperty("podTemplates", out var given) && given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out var template)
            ? KubernetesJson.Deserialize<V1PodTemplate>(template.GetRawText())
            : templates.GetValueOrDefault(name);
}
