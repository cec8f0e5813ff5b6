using System.Text.Json.Nodes;
using CsCheck;
using k8s;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Tests.Pods;

/// <summary>What holds for every job, however strange its plugin is.</summary>
public sealed class JobBuilderProperties
{
    /// <summary>Configuration that makes every part of the builder do something.</summary>
    private static readonly Given Rich = new()
    {
        Config = """
            id: east
            agent-config:
              hooksVolume: {name: hooks, emptyDir: {}}
              signingJWKSVolume: {name: s, emptyDir: {}}
              additional-hooks: [{path: /more, volume: {name: more, emptyDir: {}}}]
            default-checkout-params: {gitMirrors: {volume: {name: m, emptyDir: {}}}, gitCredentialsSecret: {secretName: x}}
            default-command-params: {interposer: vector, envFrom: [{secretRef: {name: a}}]}
            default-metadata: {labels: {a: b}}
            resource-classes: {small: {resource: {limits: {cpu: "1"}}, nodeSelector: {pool: ci}}}
            default-resource-class-name: small
            pod-spec-patch: {serviceAccountName: ci, containers: [{name: agent, resources: {limits: {memory: 1Gi}}}]}
            """,
        Rules = ["queue=kubernetes", "a=b"],
    };

    private static readonly JobBuilder Builder = new(Rich.Options(), "1.2.3");

    [Fact]
    public void AnyPluginGivesAJobOrARefusal() => RandomPlugin.Texts.Sample(
        plugin =>
        {
            var result = (Rich with { Plugin = plugin }).Result(Builder);
            Assert.True(result is BuildResult.Built { Job: not null } or BuildResult.Failed { Message.Length: > 0 });
        },
        iter: 3_000);

    [Theory]
    [InlineData(60)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void ADeeplyNestedPluginGivesAJobOrARefusal(int depth)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"podSpec\":", "}") })
        {
            var deep = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
            Assert.NotNull((Rich with { Plugin = deep }).Result(Builder));
            Assert.NotNull((Rich with { Plugins = deep }).Result(Builder));
        }
    }

    [Fact]
    public void AHugePluginGivesAJobOrARefusal()
    {
        var env = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"name":"V{{i}}","value":"x"}"""));

        Assert.NotNull((Rich with { Plugin = $$$"""{"podSpec":{"containers":[{"image":"a","env":[{{{env}}}]}]}}""" }).Result(Builder));
    }

    [Fact]
    public void TheSameInputGivesTheSameJobAndStaysAsItWas() => RandomPlugin.Texts.Sample(
        plugin =>
        {
            var given = Rich with { Plugin = plugin };
            if (Builder.Parse(given.Job()) is not PluginResult.Parsed parsed)
            {
                return;
            }

            var input = new BuildInput(given.Job(), 0, given.Rules, parsed.Plugin);
            var before = KubernetesJson.Serialize(parsed.Plugin);
            var (one, other) = (Text(Builder.Build(input)), Text(new JobBuilder(Rich.Options(), "1.2.3").Build(input)));
            Assert.Equal(one, other);
            Assert.Equal(before, KubernetesJson.Serialize(parsed.Plugin));
        },
        iter: 500);

    [Fact]
    public void TheConfigurationStaysAsItWas()
    {
        var options = Rich.Options();
        var before = KubernetesJson.Serialize(options);
        var builder = new JobBuilder(options);

        foreach (var plugin in RandomPlugin.Examples)
        {
            (Rich with { Plugin = plugin }).Result(builder);
        }

        Assert.Equal(before, KubernetesJson.Serialize(options));
    }

    [Fact]
    public void APatchOfNothingChangesNothing()
    {
        foreach (var plugin in RandomPlugin.Examples)
        {
            var patched = (JsonObject)JsonNode.Parse(plugin)!;
            patched["podSpecPatch"] = new JsonObject();
            var plain = (JsonObject)patched.DeepClone();
            plain.Remove("podSpecPatch");

            Assert.Equal(MeaningOf(plain), MeaningOf(patched));
        }
    }

    /// <summary>Building is on the way of every job; two hundred kilobytes are far more than one needs.</summary>
    [Fact]
    public void ATypicalJobCostsLittleMemory()
    {
        var given = new Given { Plugin = """{"podSpec":{"containers":[{"image":"node:22","command":["npm test"]}]}}""" };
        var builder = new JobBuilder(given.Options());
        given.Result(builder);
        var (job, plugin) = (given.Job(), ((PluginResult.Parsed)builder.Parse(given.Job())).Plugin);
        var before = GC.GetAllocatedBytesForCurrentThread();
        builder.Parse(job);
        builder.Build(new BuildInput(job, 0, ["queue=kubernetes"], plugin));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 200_000);
    }

    private static string MeaningOf(JsonObject plugin)
    {
        var job = (Rich with { Plugin = plugin.ToJsonString(), Config = "" }).Build();
        return Golden.KubernetesMeaning.Of(JsonNode.Parse(KubernetesJson.Serialize(job)))!.ToJsonString();
    }

    private static string Text(BuildResult result) => result switch
    {
        BuildResult.Built built => KubernetesJson.Serialize(built.Job) + string.Join('\n', built.Warnings),
        BuildResult.Failed failed => failed.Message,
        _ => throw new InvalidOperationException(),
    };
}
