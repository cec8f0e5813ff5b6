using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Scheduler.CommandLine;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Rendering;

/// <summary>Prints what jobs would get.</summary>
internal static class RenderRun
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(
        ConfigurationResult configuration, RenderOptions options, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (configuration.Options is null)
        {
            foreach (var problem in configuration.Problems)
            {
                await errors.LineAsync(problem.ToString());
            }

            return ExitCode.Failure;
        }

        if (configuration.Values is { } values)
        {
            await errors.LineAsync(values.ToString());
        }

        var renderer = new Renderer(configuration.Options, await TemplatesAsync(options.PodTemplates, cancellationToken));
        using var reader = options.Job == "-" ? input : File.OpenText(options.Job);
        return options.Batch
            ? await RenderLinesAsync(renderer, reader, output, cancellationToken)
            : await RenderOneAsync(renderer, await reader.ReadToEndAsync(cancellationToken), options.AsJson, output, errors);
    }

    private static async Task<int> RenderOneAsync(Renderer renderer, string document, bool asJson, TextWriter output, TextWriter errors)
    {
        var result = renderer.Render(document);
        foreach (var warning in result.Warnings)
        {
            await errors.LineAsync($"warning: {warning}");
        }

        if (result.Job is null)
        {
            await errors.LinesAsync(result.Error);
            return ExitCode.Failure;
        }

        await output.DocumentAsync(asJson
            ? JsonNode.Parse(KubernetesJson.Serialize(result.Job))!.ToJsonString(Indented)
            : KubernetesYaml.Serialize(result.Job));
        return ExitCode.Success;
    }

    private static async Task<int> RenderLinesAsync(Renderer renderer, TextReader reader, TextWriter output, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            var result = renderer.Render(line);
            var answer = result.Job is null
                ? new JsonObject { ["error"] = result.Error }
                : new JsonObject { ["job"] = JsonNode.Parse(KubernetesJson.Serialize(result.Job)) };
            await output.DocumentAsync(answer.ToJsonString());
        }

        return ExitCode.Success;
    }

    private static async Task<IReadOnlyDictionary<string, V1PodTemplate>> TemplatesAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var templates = new Dictionary<string, V1PodTemplate>();
        foreach (var file in files)
        {
            var template = KubernetesYaml.Deserialize<V1PodTemplate>(await File.ReadAllTextAsync(file, cancellationToken));
            templates[template.Metadata?.Name ?? Path.GetFileNameWithoutExtension(file)] = template;
        }

        return templates;
    }
}

/// <summary>What to render, and how to print it.</summary>
/// <param name="Job">File of the job document; <c>-</c> = standard input.</param>
/// <param name="PodTemplates">Files of pod templates.</param>
/// <param name="AsJson">JSON instead of YAML.</param>
/// <param name="Batch">One document a line, one result a line.</param>
internal sealed record RenderOptions(string Job, IReadOnlyList<string> PodTemplates, bool AsJson, bool Batch);
