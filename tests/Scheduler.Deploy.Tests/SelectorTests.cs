using Scheduler.Deploy.Tests.Helm;
using YamlDotNet.RepresentationModel;

namespace Scheduler.Deploy.Tests;

/// <summary>
/// The label scheduler.buildkite.com/node is set by no step. Whoever selects the scheduler's pods without it would also find the
/// pod of a job whose author labelled it so.
/// </summary>
public sealed class SelectorTests
{
    private const string Node = "scheduler.buildkite.com/node";

    private const string AllSwitchedOn =
        """
        agentToken: t
        image: i
        monitoring: {podMonitor: {deploy: true}}
        jobs: {namespace: ci-jobs}
        admission: {fence: {enabled: true}, pods: {enabled: true}}
        """;

    [HelmFact]
    public async Task EverySelectorOfTheChartAsksForTheLabelThatNoStepCanSet()
    {
        var rendered = await new Release(AllSwitchedOn).RenderAsync();
        var selectors = rendered.Manifests.SelectMany(Selectors).ToArray();
        Assert.All(selectors, selector => Assert.True(
            selector.Labels.GetValueOrDefault(Node) == "true" && selector.Labels.GetValueOrDefault("app") == "ci-agent-stack-k8s", selector.Where));
        Assert.Subset(
            selectors.Select(selector => selector.Where.Split(' ')[0]).ToHashSet(),
            new HashSet<string> { "Service", "StatefulSet", "NetworkPolicy", "PodDisruptionBudget", "PodMonitor" });
        var byConfiguration = rendered.Configuration().Options!.ClusterPodSelector;
        Assert.Equal($"app=ci-agent-stack-k8s,{Node}=true", byConfiguration);
    }

    [Fact]
    public void SoDoThoseForInstallationsWithoutHelm()
    {
        var text = File.ReadAllText(Path.Combine(DeployFolder.Kustomize, "scheduler.yaml"));
        var selectors = Rendered.Parse(text).Manifests.SelectMany(Selectors).ToArray();
        Assert.True(selectors.Length >= 6, $"only {selectors.Length} selectors found");
        Assert.All(selectors, selector => Assert.True(selector.Labels.GetValueOrDefault(Node) == "true", selector.Where));
    }

    /// <summary>The schema refuses it already; where schemas are not looked at, the chart's labels still win.</summary>
    [HelmFact]
    public async Task TheUsersLabelsDoNotReplaceTheCharts()
    {
        var release = new Release($"{{agentToken: t, image: i, labels: {{app: mine, {Node}: 'false', team: platform}}}}")
        {
            Flags = ["--skip-schema-validation"],
        };
        var labels = (await release.RenderAsync()).StatefulSet.Spec.Template.Metadata.Labels;
        Assert.Equal(("ci-agent-stack-k8s", "true", "platform"), (labels["app"], labels[Node], labels["team"]));
    }

    private static IEnumerable<(string Where, Dictionary<string, string> Labels)> Selectors(Manifest manifest)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(manifest.Yaml));
        return Selectors(stream.Documents[0].RootNode, manifest.Kind, manifest.Kind == "Service");
    }

    /// <summary>Of namespaces there are selectors too, which find no pods.</summary>
    private static IEnumerable<(string Where, Dictionary<string, string> Labels)> Selectors(YamlNode node, string where, bool isPlain) => node switch
    {
        YamlMappingNode mapping => mapping.Children.SelectMany(child => (child.Key.ToString(), child.Value) switch
        {
            ("namespaceSelector", _) => [],
            ("matchLabels", YamlMappingNode labels) => [(where, Labels(labels))],
            ("selector", YamlMappingNode labels) when isPlain => [(where, Labels(labels))],
            var (key, value) => Selectors(value, $"{where} {key}", isPlain),
        }),
        YamlSequenceNode sequence => sequence.SelectMany(item => Selectors(item, where, isPlain)),
        _ => [],
    };

    private static Dictionary<string, string> Labels(YamlMappingNode labels) =>
        labels.Children.ToDictionary(label => label.Key.ToString(), label => label.Value.ToString());
}
