using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pipelines;

namespace Scheduler.Kubernetes.Tests.Pipelines;

/// <summary>What lint says of a pipeline, and where.</summary>
public sealed class PipelineLintTests
{
    [Theory]
    [InlineData("steps: [wait, {command: make}]", 0)]
    [InlineData("[wait, {command: make, plugins: [docker#v5: {image: x}, ecr]}]", 0)]
    [InlineData("{\"steps\": [{\"command\": [\"a\", \"b\"], \"plugins\": [{\"kubernetes\": {\"podSpec\": {}}}]}]}", 1)]
    [InlineData("steps: [{plugins: {kubernetes: {podSpec: {containers: [{image: alpine}]}}}}]", 1)]
    [InlineData("steps: [{plugins: [buildkite-plugins/kubernetes: {gitEnvFrom: [{secretRef: {name: x}}]}]}]", 1)]
    [InlineData("steps: [{group: g, steps: [{plugins: [kubernetes: {podTemplate: x}]}]}, {command: {plugins: [kubernetes: {podSpec: {}}]}}]", 2)]
    [InlineData("a: &a {kubernetes: {podSpec: {}}}\nsteps: [{plugins: [*a]}, {plugins: [{<<: *a}]}]", 2)]
    public void ThesePipelinesAreFine(string pipeline, int plugins)
    {
        var report = Lint(pipeline);
        Assert.Empty(report.Findings);
        Assert.Equal(plugins, report.Plugins);
    }

    [Theory]
    [InlineData("", "1:1: error: expected a mapping with the key steps, or a list of steps, found nothing")]
    [InlineData("5", "1:1: error: expected a mapping with the key steps, or a list of steps, found a number or boolean")]
    [InlineData("# no\nstep: []", "2:1: error: the pipeline has no key steps; write its steps there, as a list")]
    [InlineData("steps: {}", "1:8: error: steps: expected a list, found a mapping")]
    [InlineData("steps: [[]]", "1:9: error: expected a step, which is a mapping or a word such as wait, found a list")]
    [InlineData("steps: [{plugins: x}]", "1:19: error: plugins: expected a list, found a text")]
    [InlineData("steps: [{plugins: [{}]}]", "1:20: error: a plugin is a mapping with its name as the only key, found an empty one")]
    [InlineData(
        "steps:\n- plugins:\n  - kubernetes:\n    podSpec: {}",
        "3:5: error: a plugin is a mapping with its name as the only key, found the keys kubernetes, podSpec; indent what belongs to the plugin below its name")]
    [InlineData("steps: [{plugins: [kuberntes: {}]}]", "1:20: warning: kuberntes is another plugin; did you mean kubernetes?")]
    [InlineData(
        "steps: [{plugins: [kubernetes#v1: {}]}]",
        "1:20: warning: kubernetes#v1 is not the plugin that the controller reads, because of the version; write kubernetes")]
    [InlineData("steps: [{plugins: [kubernetes]}]", "1:20: warning: the kubernetes plugin has no configuration, as if it were not there")]
    [InlineData("steps: [}", "1:9: error: this is not YAML: ")]
    [InlineData("steps: *s", "1:8: error: this is not YAML: *s stands for nothing: no anchor &s ends before it")]
    [InlineData("steps: []\nsteps: []", "1:1: warning: steps stands again further down, and only the last one counts")]
    public void WhatKeepsPluginsFromBeingFoundIsSaid(string pipeline, string finding) =>
        Assert.StartsWith(finding, Assert.Single(Lint(pipeline).Findings).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{podspec: {}}", "1:2: warning: podspec is taken for podSpec; write it so")]
    [InlineData("{podSpecs: {}}", "1:2: error: podSpecs is not a known key; did you mean podSpec?")]
    [InlineData("{podSpec: {}, xyz: 1}", "1:15: error: xyz is not a known key")]
    [InlineData("[]", "1:1: error: the kubernetes plugin's configuration: expected a mapping, found a list")]
    [InlineData(
        "{podSpec: {containers: [{image: a, imagePulPolicy: x}]}}",
        "1:36: error: podSpec.containers[0].imagePulPolicy is not a known key; did you mean imagePullPolicy?")]
    [InlineData("{podSpec: {hostNetwork: yes}}", "1:25: error: podSpec.hostNetwork: expected a boolean (true or false), found the text \"yes\"")]
    [InlineData("{jobActiveDeadlineSeconds: 1.5}", "1:28: error: jobActiveDeadlineSeconds: expected an integer, found the number 1.5")]
    [InlineData("{jobActiveDeadlineSeconds: 0}", "1:28: warning: jobActiveDeadlineSeconds has no effect unless it is greater than 0")]
    [InlineData("{commandParams: {interposer: vektor}}", "1:30: error: commandParams.interposer: invalid interposer \"vektor\", must be one of: buildkite, vector, legacy")]
    [InlineData("{podSpec: {containers: [{image: Alpine}]}}", "1:33: error: podSpec.containers[0].image: repository name must be lowercase; write it as registry/name:tag")]
    [InlineData("{sidecars: [{name: x}]}", "1:13: error: sidecars[0] has no image; add one")]
    [InlineData("{extraVolumeMounts: [{name: x}]}", "1:22: error: extraVolumeMounts[0] has no mountPath; add it")]
    [InlineData("{podSpec: {initContainers: [{image: x}]}}", "1:29: error: podSpec.initContainers[0] has no name; add it")]
    [InlineData(
        "{podSpecPatch: {containers: [{name: container-0, volumeMounts: [{mountPath: /x}]}]}}",
        "1:65: warning: podSpecPatch.containers[0].volumeMounts[0] has no name, so the patch sets it to nothing; add it")]
    [InlineData("{podSpecPatch: {hostname: null}}", "1:17: error: podSpecPatch.hostname is null, which deletes nothing")]
    [InlineData("{podSpecPatch: {$patch: replace}}", "1:17: error: podSpecPatch.$patch has no effect: directives of strategic merge patches are not supported")]
    [InlineData(
        "{metadata: {labels: {team: a, scheduler.buildkite.com/node: \"true\"}}}",
        "1:31: error: metadata.labels[\"scheduler.buildkite.com/node\"] has no effect: this key is set by the controller alone")]
    [InlineData("{podSpec: {}, podTemplate: x}", "1:15: warning: podTemplate has no effect beside podSpec; remove one of them")]
    [InlineData(
        "{podSpecPatch: {containers: [{name: agent, command: [x]}]}}",
        "1:2: error: agent-stack-k8s failed to build a podSpec for the job: failed to apply podSpec patch from k8s plugin: "
        + "for the agent container, modifying container commands or args via podSpecPatch is not supported")]
    public void WhatIsWrongWithAPluginIsSaidWithItsPlace(string plugin, string finding)
    {
        const string Before = "steps: [{plugins: [{kubernetes:\n";
        var found = Assert.Single(Lint($"{Before}{plugin}}}]}}]").Findings);
        var moved = found with { Place = found.Place with { Line = found.Place.Line == 1 ? 1 : found.Place.Line - 1 } };

        // What is about the plugin as a whole stands at its name.
        Assert.Equal(finding.StartsWith("1:1:", StringComparison.Ordinal) ? "1:21" + finding[3..] : finding, moved.ToString());
    }

    [Fact]
    public void SecretsAreNotShown()
    {
        var finding = Assert.Single(Lint("steps: [{plugins: [kubernetes: {podSpec: {containers: [{image: a, env: [{name: A, value: 4711}]}]}}]}]").Findings);
        Assert.Equal("1:90: error: podSpec.containers[0].env[0].value: expected a text, found a number", finding.ToString());
    }

    [Theory]
    [InlineData("image: \"$IMAGE\"")]
    [InlineData("image: \"${REGISTRY}/a:${TAG:-latest}\"")]
    [InlineData("image: \"a:{{matrix}}\"")]
    [InlineData("{image: a, resources: {limits: {cpu: \"$CPU\"}}}")]
    public void TextsWithVariablesAreNotJudgedByTheirForm(string container) =>
        Assert.Empty(Lint($"steps: [{{plugins: [kubernetes: {{podSpec: {{containers: [{container}]}}}}]}}]").Findings);

    [Theory]
    [InlineData("{image: \"a$$b\"}", "image")]
    [InlineData("{image: a, stdin: \"$X\"}", "stdin")]
    public void AVariableDoesNotMendAWrongType(string container, string key) => Assert.Contains(
        key,
        Assert.Single(Lint($"steps: [{{plugins: [kubernetes: {{podSpec: {{containers: [{container}]}}}}]}}]").Findings).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AnAnchorIsJudgedOnceAndWhereItStands()
    {
        const string Pipeline = """
            common:
              - &k8s
                kubernetes:
                  podSpc: {}
            steps:
              - plugins: [*k8s]
              - plugins: [{<<: *k8s}]
            """;
        Assert.Equal("4:7: error: podSpc is not a known key; did you mean podSpec?", Assert.Single(Lint(Pipeline).Findings).ToString());
    }

    [Fact]
    public void TheControllersConfigurationDecidesWhatPatchesMayDo()
    {
        const string Pipeline = "steps: [{plugins: [kubernetes: {podSpecPatch: {containers: [{name: agent, command: [x]}]}}]}]";
        Assert.Empty(Lint(Pipeline, new ControllerOptions { AllowPodSpecPatchUnsafeCommandModification = true }).Findings);
        var finding = Assert.Single(Lint(Pipeline, new ControllerOptions { ProhibitKubernetesPlugin = true }).Findings);
        Assert.Equal("1:20: error: the kubernetes plugin is prohibited by the controller's configuration (prohibit-kubernetes-plugin)", finding.ToString());
    }

    [Fact]
    public void OfAHopelessFileTheFirstFindingsAreShown()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 20_000).Select(i => $"key{i}: 1"));
        var report = Lint($"steps: [{{plugins: [kubernetes: {{{keys}}}]}}]");
        Assert.Equal(201, report.Findings.Length);
        Assert.EndsWith("there is more from here on, which is not shown", report.Findings[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoTextMakesItThrow() => CsCheck.Check.Sample(RandomPipeline.Text, text => Lint(text).Findings.All(finding => finding.Place.Line > 0), iter: 3_000);

    private static PipelineReport Lint(string pipeline, ControllerOptions? options = null) => PipelineLint.Check(pipeline, options ?? new ControllerOptions());
}
