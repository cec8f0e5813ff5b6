using System.Collections.Immutable;
using System.Text.Json;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Tests.Pods;

/// <summary>A job and a configuration; what is not said is ordinary.</summary>
internal sealed record Given
{
    public const string Uuid = "019881d4-3a5f-7a3c-9c51-5d4f0f3c2b1a";

    public const string AgentImage = "ghcr.io/buildkite/agent:3.136.2";

    /// <summary>The configuration file.</summary>
    public string Config { get; init; } = "";

    /// <summary>Command of the step.</summary>
    public string Command { get; init; } = "make test";

    /// <summary>Value of the kubernetes plugin, in JSON; null = no plugin.</summary>
    public string? Plugin { get; init; }

    /// <summary>Value of <c>BUILDKITE_PLUGINS</c>; null = one with <see cref="Plugin"/>.</summary>
    public string? Plugins { get; init; }

    public ImmutableDictionary<string, string> Env { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<string> Rules { get; init; } = [];

    public V1PodTemplate? PodTemplate { get; init; }

    public GrantId? Grant { get; init; }

    public Given WithEnv(string name, string value) => this with { Env = Env.SetItem(name, value) };

    public ControllerOptions Options()
    {
        var result = ConfigurationLoader.Merge(
            Config, "test.yaml", ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string?>.Empty);
        return result.Options ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }

    public BuildkiteJob Job()
    {
        var plugins = Plugins ?? (Plugin is null ? null : $$"""[{"github.com/buildkite-plugins/kubernetes-buildkite-plugin":{{Plugin}}}]""");
        return new BuildkiteJob(JobId.Parse(Uuid), Command, plugins is null ? Env : Env.SetItem("BUILDKITE_PLUGINS", plugins));
    }

    public PluginResult Parse() => new JobBuilder(Options()).Parse(Job());

    public BuildResult Result() => Result(new JobBuilder(Options(), "1.2.3"));

    public BuildResult Result(JobBuilder builder) => builder.Parse(Job()) switch
    {
        PluginResult.Parsed parsed => builder.Build(new BuildInput(Job(), 3, Rules, parsed.Plugin, PodTemplate, Grant)) switch
        {
            BuildResult.Built built => built with { Warnings = [.. parsed.Warnings, .. built.Warnings] },
            var failed => failed,
        },
        PluginResult.Failed failed => new BuildResult.Failed(failed.Message, []),
        var other => throw new InvalidOperationException(JsonSerializer.Serialize(other)),
    };

    public V1Job Build() => Built().Job;

    public V1PodSpec Pod() => Build().Spec.Template.Spec;

    public BuildResult.Built Built() => Result() switch
    {
        BuildResult.Built built => built,
        BuildResult.Failed failed => throw new InvalidOperationException(failed.Message),
        var other => throw new InvalidOperationException(other.ToString()),
    };

    /// <summary>Why there is no Job.</summary>
    public string Refusal() => Assert.IsType<BuildResult.Failed>(Result()).Message;
}
