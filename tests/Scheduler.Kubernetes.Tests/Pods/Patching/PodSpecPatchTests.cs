namespace Scheduler.Kubernetes.Tests.Pods.Patching;

/// <summary>Patches as their authors see them (pod-building.md §12, §17, §18).</summary>
public sealed class PodSpecPatchTests
{
    private const string Unsafe = "allow-pod-spec-patch-unsafe-command-modification: true\n";

    [Theory]
    [InlineData("containers", "agent", "")]
    [InlineData("containers", "checkout", "; instead consider configuring a checkout hook or skipping the checkout container entirely")]
    [InlineData("initContainers", "copy-agent", "")]
    [InlineData("initContainers", "imagecheck-9", "")]
    public void OurOwnContainersKeepTheirCommands(string list, string name, string advice)
    {
        var problem = $"for the {name} container, modifying container commands or args via podSpecPatch is not supported{advice}";
        foreach (var field in new[] { "command", "args" })
        {
            var patch = $$$"""{"{{{list}}}":[{"name":"{{{name}}}","{{{field}}}":["x"]}]}""";
            Assert.Equal(
                $"agent-stack-k8s failed to build a podSpec for the job: failed to apply podSpec patch from k8s plugin: {problem}",
                new Given { Plugin = $$"""{"podSpecPatch":{{patch}}}""" }.Refusal());
            Assert.NotNull(new Given { Config = Unsafe, Plugin = $$"""{"podSpecPatch":{{patch}}}""" }.Pod());
        }
    }

    [Fact]
    public void TheControllersPatchIsGuardedLikeThePlugins()
    {
        var refusal = new Given { Config = "pod-spec-patch: {initContainers: [{name: copy-agent, command: [x]}]}" }.Refusal();

        Assert.Contains("failed to apply podSpec patch from controller: for the copy-agent container, ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void GivingTheCommandThatIsThereChangesNothing()
    {
        var pod = new Given { Plugin = """{"podSpecPatch":{"containers":[{"name":"agent","args":["start"],"tty":true}]}}""" }.Pod();

        Assert.True(pod.Container("agent").Tty);
    }

    [Theory]
    [InlineData("", """["this should"]""", """["work","as","expected"]""", "this should work as expected")]
    [InlineData("", """["a","b c"]""", """["d e"]""", "a\nb c 'd e'")]
    [InlineData("", "[]", """["x y"]""", " 'x y'")]
    [InlineData("default-command-params: {interposer: legacy}", """["a"]""", """["b c"]""", "a b c")]
    public void ACommandContainersPatchedCommandIsRunByTheBootstrap(string config, string command, string args, string run)
    {
        var container = new Given
        {
            Config = config,
            Plugin = $$$"""{"podSpecPatch":{"containers":[{"name":"container-0","command":{{{command}}},"args":{{{args}}} }]}}""",
        }.Pod().Container("container-0");

        Assert.Equal(run, container.Value("BUILDKITE_COMMAND"));
        Assert.Equal(["/workspace/tini-static"], container.Command);
        Assert.Equal(["--", "/workspace/buildkite-agent", "kubernetes-bootstrap"], container.Args);
    }

    [Fact]
    public void ThePatchedCommandBeatsAVariableInTheSamePatch()
    {
        var container = new Given
        {
            Plugin = """
                {"podSpecPatch":{"containers":[{"name":"container-0","command":["a","b c"],"args":["d e"],
                  "env":[{"name":"BUILDKITE_COMMAND","value":"usr"},{"name":"X","value":"x"}]}]}}
                """,
        }.Pod().Container("container-0");

        Assert.Equal("a\nb c 'd e'", container.Value("BUILDKITE_COMMAND"));
        Assert.Equal(
            ["BUILDKITE_BOOTSTRAP_PHASES", "BUILDKITE_COMMAND", "X", "BUILDKITE_CONTAINER_ID", "BUILDKITE_SOCKETS_PATH"],
            container.EnvNames());
    }

    [Fact]
    public void OtherContainersMayBePatchedAndAdded()
    {
        var pod = new Given
        {
            Plugin = """
                {"sidecars":[{"image":"s","command":["echo hello world"]}],
                 "podSpecPatch":{"initContainers":[{"name":"sidecar-0","command":["echo goodbye world"]}],
                                 "containers":[{"name":"mine","image":"UNCHECKED","command":["x"],"args":["y"]}]}}
                """,
        }.Pod();

        Assert.Equal(["echo goodbye world"], pod.Init("sidecar-0").Command);
        Assert.Equal(["mine", "container-0", "agent", "checkout"], pod.ContainerNames());
        Assert.Equal(["x"], pod.Container("mine").Command);
        Assert.Null(pod.Container("mine").Env);
        Assert.Null(pod.Container("mine").VolumeMounts);
    }

    [Fact]
    public void APatchWithoutContainersKeepsThem()
    {
        var pod = new Given { Plugin = """{"podSpecPatch":{"hostAliases":[{"ip":"10.0.0.1","hostnames":["a"]}]}}""" }.Pod();

        Assert.Equal(["container-0", "agent", "checkout"], pod.ContainerNames());
        Assert.Equal("a", Assert.Single(Assert.Single(pod.HostAliases).Hostnames));
        Assert.Equal("Never", pod.RestartPolicy);
    }

    [Theory]
    [InlineData("", "", "", Given.AgentImage)]
    [InlineData("by-controller", "", "", "by-controller")]
    [InlineData("by-controller", "by-attribute", "", "by-attribute")]
    [InlineData("", "by-attribute", "by-plugin", "by-plugin")]
    [InlineData("by-controller", "by-attribute", "by-plugin", "by-plugin")]
    public void TheLaterImageWins(string controller, string attribute, string plugin, string image)
    {
        var pod = new Given
        {
            Config = controller.Length == 0 ? "" : $"pod-spec-patch: {{containers: [{{name: container-0, image: {controller}}}]}}",
            Plugin = plugin.Length == 0 ? "{}" : $$$"""{"podSpecPatch":{"containers":[{"name":"container-0","image":"{{{plugin}}}"}]}}""",
        }.WithEnv("BUILDKITE_IMAGE", attribute).Pod();

        Assert.Equal(image, pod.Container("container-0").Image);
        Assert.Equal(Given.AgentImage, pod.Container("agent").Image);
    }

    [Fact]
    public void BothPatchesApply()
    {
        var pod = new Given
        {
            Config = "pod-spec-patch: {containers: [{name: checkout, envFrom: [{secretRef: {name: s}}]}], serviceAccountName: a, nodeSelector: {x: a}}",
            Plugin = """{"podSpecPatch":{"serviceAccountName":"b","nodeSelector":{"z":"1"}}}""",
        }.Pod();

        Assert.Equal(["s"], pod.Container("checkout").Sources());
        Assert.Equal(("b", "a", "1"), (pod.ServiceAccountName, pod.NodeSelector["x"], pod.NodeSelector["z"]));
    }

    [Fact]
    public void ASkippedCheckoutStaysAwayEvenIfAPatchAddsIt()
    {
        const string Patch = """{"checkout":{"skip":true},"podSpecPatch":{"containers":[{"name":"checkout","image":"x"COMMAND}]}}""";

        Assert.Equal(["container-0", "agent"], new Given { Plugin = Patch.Replace("COMMAND", "", StringComparison.Ordinal) }.Pod().ContainerNames());
        Assert.Contains(
            "for the checkout container",
            new Given { Plugin = Patch.Replace("COMMAND", ""","command":["x"]""", StringComparison.Ordinal) }.Refusal(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AMergeThatFailsNamesThePatch()
    {
        var refusal = new Given { Plugin = """{"podSpec":{"imagePullSecrets":[{"name":"a"}]},"podSpecPatch":{"imagePullSecrets":[{}]}}""" }.Refusal();

        Assert.StartsWith(
            "agent-stack-k8s failed to build a podSpec for the job: failed to apply podSpec patch from k8s plugin: error applying strategic patch: map: ",
            refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public void DirectivesAndNullsHaveNoEffectAndAreWarnedOf()
    {
        var built = new Given
        {
            Plugin = """
                {"podSpec":{"nodeSelector":{"a":"b"}},
                 "podSpecPatch":{"nodeSelector":null,"containers":[{"name":"container-0","$patch":"delete"}],"$setElementOrder/containers":[]}}
                """,
        }.Built();
        var pod = built.Job.Spec.Template.Spec;

        Assert.Equal("b", pod.NodeSelector["a"]);
        Assert.Contains("container-0", pod.ContainerNames());
        Assert.Contains(built.Warnings, w => w.StartsWith("podSpecPatch.nodeSelector is null", StringComparison.Ordinal));
        Assert.Contains(built.Warnings, w => w.StartsWith("podSpecPatch.containers[0].$patch has no effect", StringComparison.Ordinal));
        Assert.Equal(3, built.Warnings.Length);
    }
}
