using System.Text.Json.Nodes;
using CsCheck;
using k8s;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Naming;
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

    private static readonly JobBuilder BuilderWithoutId =
        new((Rich with { Config = Rich.Config.Replace("id: east", "", StringComparison.Ordinal) }).Options(), "1.2.3");

    [Fact]
    public void AnyPluginGivesAJobOrARefusal() => RandomPlugin.Texts.Sample(
        plugin =>
        {
            var result = (Rich with { Plugin = plugin }).Result(Builder);
            Assert.True(result is BuildResult.Built { Job: not null } or BuildResult.Failed { Message.Length: > 0 });
        },
        iter: 3_000);

    /// <summary>With an id and without: whatever an author writes, his Job counts, as himself, and his pod is no scheduler's.</summary>
    [Fact]
    public void NoPluginHidesAJobFromOurSelectorOrMakesItsPodOneOfOurs() => Gen.Select(RandomPlugin.Texts, Gen.Bool).Sample(
        (plugin, hasId) =>
        {
            var given = (hasId ? Rich : Rich with { Config = Rich.Config.Replace("id: east", "", StringComparison.Ordinal) }) with
            {
                Plugin = plugin,
                Grant = new GrantId(new Epoch(7), 12),
            };
            if (given.Result(hasId ? Builder : BuilderWithoutId) is not BuildResult.Built { Job: var job })
            {
                return;
            }

            var (labels, podLabels) = (job.Metadata.Labels, job.Spec.Template.Metadata.Labels);
            Assert.All([labels, podLabels], own => Assert.True(IsSelected(JobSelector.For(hasId ? "east" : ""), own)));
            Assert.All([labels, podLabels], own => Assert.Equal(Given.Uuid, own["buildkite.com/job-uuid"]));
            Assert.DoesNotContain(podLabels.Keys, key => key.StartsWith("scheduler.buildkite.com/", StringComparison.Ordinal));
            Assert.Equal(
                [new("scheduler.buildkite.com/grant", "7/12")],
                job.Metadata.Annotations.Where(entry => ReservedKeys.Contains(entry.Key)));
            Assert.DoesNotContain(job.Spec.Template.Metadata.Annotations.Keys, ReservedKeys.Contains);
        },
        iter: 2_000);

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

    /// <summary>The three kinds of terms that our selectors are made of.</summary>
    private static bool IsSelected(string selector, IDictionary<string, string> labels) => selector.Split(',').All(term => term.Split('=') switch
    {
        [var key, var value] => labels.TryGetValue(key, out var own) && own == value,
        [var key] when key.StartsWith('!') => !labels.ContainsKey(key[1..]),
        var key => labels.ContainsKey(key[0]),
    });

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
