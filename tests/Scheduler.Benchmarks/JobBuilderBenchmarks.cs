using BenchmarkDotNet.Attributes;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Benchmarks;

/// <summary>Building one typical Kubernetes Job: plugins parsed, one command container.</summary>
[MemoryDiagnoser]
public class JobBuilderBenchmarks
{
    private readonly JobBuilder _builder = new(new ControllerOptions());

    private readonly BuildkiteJob _job = new(
        new JobId(Guid.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01")),
        "make test",
        new Dictionary<string, string>
        {
            ["BUILDKITE_BUILD_URL"] = "https://buildkite.com/acme/web/builds/412",
            ["BUILDKITE_BRANCH"] = "main",
            ["BUILDKITE_PLUGINS"] =
                """[{"github.com/buildkite-plugins/kubernetes-buildkite-plugin":{"podSpec":{"containers":[{"image":"alpine:3","command":["make"],"args":["test"]}]}}}]""",
        });

    [Benchmark]
    public BuildResult ParseAndBuild()
    {
        var plugin = ((PluginResult.Parsed)_builder.Parse(_job)).Plugin;
        return _builder.Build(new BuildInput(_job, 0, ["queue=linux"], plugin));
    }
}
