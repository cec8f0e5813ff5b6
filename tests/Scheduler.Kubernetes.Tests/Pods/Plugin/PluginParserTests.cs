using Scheduler.Kubernetes.Pods.Plugin;

namespace Scheduler.Kubernetes.Tests.Pods.Plugin;

public sealed class PluginParserTests
{
    private const string Name = "github.com/buildkite-plugins/kubernetes-buildkite-plugin";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"github.com/buildkite-plugins/docker-buildkite-plugin#v5":{"image":"x"}}]""")]
    [InlineData("""[{"NAME#v1.0":{"podSpec":"anything"}}]""")]
    [InlineData("""[{"NAME":null}]""")]
    [InlineData("""[{"NAME":{"podTemplate":"a"}},{"NAME":null}]""")]
    public void TheseAreJobsWithoutThePlugin(string plugins)
    {
        var parsed = Assert.IsType<PluginResult.Parsed>(new Given { Plugins = plugins.Replace("NAME", Name, StringComparison.Ordinal) }.Parse());
        Assert.Null(parsed.Plugin);
        Assert.Empty(parsed.Warnings);
    }

    [Theory]
    [InlineData("{}", "failed parsing plugins: ")]
    [InlineData("""["x"]""", "failed parsing plugins: ")]
    [InlineData("""[{"a":1},"x"]""", "failed parsing plugins: ")]
    [InlineData("[{plugins", "failed parsing plugins: ")]
    [InlineData("[{}]", "found invalid plugin: ")]
    [InlineData("[null]", "found invalid plugin: ")]
    [InlineData("""[{"a":1,"b":2}]""", "found invalid plugin: ")]
    [InlineData("""[{"NAME":[]}]""", "failed parsing Kubernetes plugin: ")]
    [InlineData("""[{"NAME":"some text"}]""", "failed parsing Kubernetes plugin: ")]
    [InlineData("""[{"NAME":{"podSpec":{"containers":[{"command":"x"}]}}}]""", "failed parsing Kubernetes plugin: podSpec.containers[0].command")]
    [InlineData("""[{"NAME":{"podSpec":{"containers":[{"env":[{"name":"A","value":0}]}]}}}]""", "failed parsing Kubernetes plugin: podSpec.containers[0].env[0].value")]
    [InlineData("""[{"NAME":{"podSpec":{"terminationGracePeriodSeconds":60.0}}}]""", "failed parsing Kubernetes plugin: podSpec.terminationGracePeriodSeconds")]
    public void TheseAreRefused(string plugins, string message)
    {
        var failed = Assert.IsType<PluginResult.Failed>(new Given { Plugins = plugins.Replace("NAME", Name, StringComparison.Ordinal) }.Parse());
        Assert.StartsWith("agent-stack-k8s failed to parse the job: " + message, failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public void AProhibitedPluginIsRefusedWhateverItSays(string plugin)
    {
        var refusal = new Given { Config = "prohibit-kubernetes-plugin: true", Plugin = plugin }.Refusal();

        Assert.Equal(
            "agent-stack-k8s failed to parse the job: the kubernetes plugin is prohibited by this controller, but was configured on this job",
            refusal);
    }

    [Fact]
    public void SeveralEntriesAreReadOneOverTheOther()
    {
        var plugins = """
            [{"NAME":{"podTemplate":"a","metadata":{"labels":{"x":"1","y":"1"}},"podSpec":{"containers":[{"name":"c","image":"i"},{"image":"j"}]}}},
             {"NAME":{"podTemplate":"b","metadata":{"labels":{"y":"2"}},"podSpec":{"containers":[{"image":"k"}]}}}]
            """;
        var plugin = Assert.IsType<PluginResult.Parsed>(new Given { Plugins = plugins.Replace("NAME", Name, StringComparison.Ordinal) }.Parse()).Plugin!;

        Assert.Equal("b", plugin.PodTemplate);
        Assert.Equal(("1", "2"), (plugin.Metadata!.Labels["x"], plugin.Metadata.Labels["y"]));
        var container = Assert.Single(plugin.PodSpec!.Containers);
        Assert.Equal(("c", "k"), (container.Name, container.Image));
    }

    [Fact]
    public void NamesAreTakenInAnyCapitalsAndOfEqualOnesTheLast()
    {
        var pod = new Given { Plugin = """{"PODSPEC":{"Containers":[{"IMAGE":"a","name":"x","name":"y"}]}}""" }.Pod();

        Assert.Equal("a", pod.Container("y").Image);
    }

    [Fact]
    public void NullsMeanNotSet()
    {
        var pod = new Given
        {
            Plugin = """{"podSpec":{"containers":[{"image":"a","name":null,"env":null}],"nodeSelector":null},"sidecars":null,"checkout":null}""",
        }.Pod();

        Assert.Equal(["container-0", "agent", "checkout"], pod.ContainerNames());
    }

    [Fact]
    public void ANullInAListIsAnEmptyElement()
    {
        var refusal = new Given { Plugin = """{"podSpec":{"containers":[null]}}""" }.Refusal();

        Assert.Contains("for container \"container-0\"", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AMisspeltFieldIsWarnedOfWithTheOneMeant()
    {
        var built = new Given { Plugin = """{"podSpec":{"containers":[{"image":"a","comand":["x"]}]},"sidecar":[]}""" }.Built();

        Assert.Contains(built.Warnings, w => w.Contains("podSpec.containers[0].comand", StringComparison.Ordinal) && w.Contains("command", StringComparison.Ordinal));
        Assert.Contains(built.Warnings, w => w.Contains("sidecars", StringComparison.Ordinal));
    }

    [Fact]
    public void StrictnessMakesWarningsErrors()
    {
        var given = new Given { Config = "strict-kubernetes-plugin: true", Plugin = """{"podSpecs":{}}""" };

        Assert.StartsWith("agent-stack-k8s failed to parse the job: failed parsing Kubernetes plugin: podSpecs", given.Refusal(), StringComparison.Ordinal);
        Assert.Empty((given with { Plugin = """{"podSpec":{}}""" }).Built().Warnings);
    }

    [Fact]
    public void HalfCharactersAreReplacedInsteadOfBreakingTheJob()
    {
        var pod = new Given { Plugin = """{"podSpec":{"containers":[{"image":"a","env":[{"name":"A","value":"x\ud83dy\ud83d\ude00\\ud83d"}]}]}}""" }.Pod();

        Assert.Equal("x\ufffdy\U0001F600\\ud83d", pod.Container("container-0").Value("A"));
    }

    [Fact]
    public void TheWantedTemplateIsTheNamedOneUnlessThereIsAPodSpec()
    {
        Assert.Equal("t", ((PluginResult.Parsed)new Given { Plugin = """{"podTemplate":"t"}""" }.Parse()).Plugin!.WantedPodTemplate);
        Assert.Null(((PluginResult.Parsed)new Given { Plugin = """{"podTemplate":"t","podSpec":{}}""" }.Parse()).Plugin!.WantedPodTemplate);
        Assert.Null(((PluginResult.Parsed)new Given { Plugin = """{"podTemplate":""}""" }.Parse()).Plugin!.WantedPodTemplate);
    }
}
