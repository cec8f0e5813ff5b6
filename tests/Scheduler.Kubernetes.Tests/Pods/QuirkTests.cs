using Scheduler.Kubernetes.Pods;

namespace Scheduler.Kubernetes.Tests.Pods;

/// <summary>
/// The original's odd behaviour, by its number in pod-building.md §19: copied where jobs rely on it, put right where that is safe.
/// </summary>
public sealed class QuirkTests
{
    [Fact]
    public void Quirk1ImageChecksAndAgentTagsComeInTheOrderOfFirstUse()
    {
        var pod = new Given
        {
            Plugin = """{"podSpec":{"containers":[{"image":"z"},{"image":"a"},{"image":"m"},{"image":"a"}]}}""",
            Rules = ["queue=q", "zone=z", "arch=a"],
        }.Pod();

        Assert.Equal(["z", "a", "m"], pod.InitContainers.Where(c => c.Name.StartsWith("imagecheck-", StringComparison.Ordinal)).Select(c => c.Image));
        Assert.EndsWith("queue=q,zone=z,arch=a", pod.Container("agent").Value("BUILDKITE_AGENT_TAGS"), StringComparison.Ordinal);
    }

    [Fact]
    public void Quirk2EveryContainerHasItsOwnMountsWhateverTheirNumber()
    {
        foreach (var count in Enumerable.Range(0, 20))
        {
            var mounts = string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"name":"m","mountPath":"/m{{i}}"}"""));
            var pod = new Given
            {
                Config = """
                    agent-config: {verificationJWKSVolume: {name: v, emptyDir: {}}}
                    default-checkout-params: {extraVolumeMounts: [{name: c, mountPath: /c}]}
                    default-command-params: {extraVolumeMounts: [{name: d, mountPath: /d}]}
                    """,
                Plugin = $$"""{"extraVolumeMounts":[{{mounts}}]}""",
            }.Pod();

            Assert.Equal("v:/buildkite/verification-jwks", pod.Container("agent").Mounts()[^1]);
            Assert.Equal("c:/c", pod.Container("checkout").Mounts()[^1]);
            Assert.Equal("d:/d", pod.Container("container-0").Mounts()[^1]);
        }
    }

    [Fact]
    public void Quirk3AKeyFileInASubFolderIsMountedTheSameForEveryJob()
    {
        var given = new Given { Config = "agent-config: {signing-jwks-file: sub/key, signingJWKSVolume: {name: s, emptyDir: {}}}" };
        var builder = new JobBuilder(given.Options());

        for (var i = 0; i < 2; i++)
        {
            var pod = ((BuildResult.Built)given.Result(builder)).Job.Spec.Template.Spec;
            Assert.Equal("s:/buildkite/signing-jwks", pod.Container("agent").Mounts()[1]);
            Assert.Equal("/buildkite/signing-jwks/sub/key", pod.Container("agent").Value("BUILDKITE_AGENT_SIGNING_JWKS_FILE"));
        }
    }

    [Fact]
    public void Quirk4EachJobsInterposerIsUsedForTheControllersPatch()
    {
        var given = new Given
        {
            Config = """
                allow-pod-spec-patch-unsafe-command-modification: true
                pod-spec-patch: {containers: [{name: container-0, command: [a, b c]}]}
                """,
        };
        var builder = new JobBuilder(given.Options());
        string? Command(string? plugin) => ((BuildResult.Built)(given with { Plugin = plugin }).Result(builder))
            .Job.Spec.Template.Spec.Container("container-0").Value("BUILDKITE_COMMAND");

        Assert.Equal("a 'b c'", Command("""{"commandParams":{"interposer":"vector"}}"""));
        Assert.Equal("a\nb c", Command(null));
    }

    [Fact]
    public void Quirk5ImagesFromPatchesAreNotCheckedAndTheReplacedOnesAre()
    {
        var pod = new Given
        {
            Plugin = """{"podSpec":{"containers":[{"image":"old"}]},"podSpecPatch":{"containers":[{"name":"container-0","image":"No Image"}]}}""",
        }.Pod();

        Assert.Equal(("No Image", "IfNotPresent"), (pod.Container("container-0").Image, pod.Container("container-0").ImagePullPolicy));
        Assert.Equal("old", pod.Init("imagecheck-0").Image);
    }

    [Fact]
    public void Quirk6PoliciesAreLoweredEvenWithoutImageChecks()
    {
        var pod = new Given { Config = "skip-image-check-containers: true", Plugin = """{"podSpec":{"containers":[{"image":"a"}]}}""" }.Pod();

        Assert.Equal(["copy-agent"], pod.InitNames());
        Assert.Equal("IfNotPresent", pod.Container("container-0").ImagePullPolicy);
    }

    [Fact]
    public void Quirk7AnOwnCheckoutContainerBesideASkippedOneIsRefusedInsteadOfHanging()
    {
        var refusal = new Given { Plugin = """{"checkout":{"skip":true},"podSpec":{"containers":[{"name":"checkout","image":"a"}]}}""" }.Refusal();

        Assert.Contains("give it another name", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Quirk8ArgsWithoutACommandAreDropped()
    {
        var pod = new Given { Plugin = """{"podSpec":{"containers":[{"image":"a","args":["x"]}]}}""" }.Pod();

        Assert.Equal("make test", pod.Container("container-0").Value("BUILDKITE_COMMAND"));
    }

    [Fact]
    public void Quirk9WhatIsDerivedFromThePodIgnoresPatches()
    {
        var pod = new Given
        {
            Plugin = """{"podSpecPatch":{"terminationGracePeriodSeconds":5,"securityContext":{"runAsUser":1000,"runAsGroup":1000}}}""",
        }.Pod();

        Assert.Equal((5, 1000), (pod.TerminationGracePeriodSeconds, pod.SecurityContext.RunAsUser));
        Assert.Equal("60", pod.Container("agent").Value("BUILDKITE_CANCEL_GRACE_PERIOD"));
        Assert.Null(pod.Container("checkout").SecurityContext);
        Assert.DoesNotContain("chown", pod.Init("copy-agent").Args[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"podSpec":{"containers":[{"image":"a","comand":["x"]}]}}""", "comand")]
    [InlineData("""{"podSpec":{"containers":[{"image":"a"}]},"podSpecPatch":{"hostNetwork":null}}""", "hostNetwork")]
    [InlineData("""{"podSpec":{"containers":[{"image":"a"}]},"podSpecPatch":{"$patch":"replace"}}""", "$patch")]
    public void Quirk10WhatVanishesSilentlyInTheOriginalGivesTheSamePodAndAWarning(string plugin, string vanished)
    {
        var built = new Given { Plugin = plugin }.Built();

        Assert.Contains(built.Warnings, warning => warning.Contains(vanished, StringComparison.Ordinal));
        Assert.Equivalent(new Given { Plugin = """{"podSpec":{"containers":[{"image":"a"}]}}""" }.Pod().Containers, built.Job.Spec.Template.Spec.Containers);
    }

    [Fact]
    public void Quirk11APatchOfAVolumesKindLeavesBoth()
    {
        var pod = new Given { Plugin = """{"podSpecPatch":{"volumes":[{"name":"workspace","hostPath":{"path":"/x"}}]}}""" }.Pod();

        var volume = Assert.Single(pod.Volumes);
        Assert.NotNull(volume.EmptyDir);
        Assert.NotNull(volume.HostPath);
    }

    [Fact]
    public void Quirk12TwoOfOneNameAreLeftToKubernetesToRefuse()
    {
        var pod = new Given
        {
            Plugin = """{"podSpec":{"volumes":[{"name":"workspace","emptyDir":{}}],"containers":[{"name":"agent","image":"a"}]}}""",
        }.Pod();

        Assert.Equal(["workspace", "workspace"], pod.VolumeNames());
        Assert.Equal(["agent", "agent", "checkout"], pod.ContainerNames());
    }

    [Fact]
    public void Quirk13WithoutABuildUrlTheJobsLinkIsItsFragment()
    {
        Assert.Equal("#" + Given.Uuid, new Given().Build().Metadata.Annotations["buildkite.com/job-url"]);
    }

    [Fact]
    public void Quirk14AUsedWorkspaceNeedsASubPathOfItsOwn()
    {
        var pod = new Given { Config = "workspace-mount-sub-path-expr: $(BUILDKITE_JOB_ID)" }.Pod();

        Assert.Contains("mkdir \"$@\"", pod.Init("copy-agent").Args[1], StringComparison.Ordinal);
        Assert.All(
            pod.Containers.Concat(pod.InitContainers).SelectMany(c => c.VolumeMounts).Where(mount => mount.MountPath == "/workspace"),
            mount => Assert.Equal("$(BUILDKITE_JOB_ID)", mount.SubPathExpr));
    }

    [Fact]
    public void Quirk15TheImageAttributeReplacesImagesThatThePluginNames()
    {
        var pod = new Given
        {
            Plugin = """{"podSpec":{"containers":[{"image":"a"},{"image":"b"}],"initContainers":[{"name":"i","image":"c"}]},"sidecars":[{"image":"d"}]}""",
        }.WithEnv("BUILDKITE_IMAGE", "attribute").Pod();

        Assert.Equal(["attribute", "attribute", Given.AgentImage, Given.AgentImage], pod.Containers.Select(c => c.Image));
        Assert.Equal(["c", "d"], pod.InitContainers.TakeLast(2).Select(c => c.Image));
    }

    [Fact]
    public void Quirk17UpperCaseInTheImageOfAControllerPatchIsRefused() => Assert.Contains(
        "pod-spec-patch.containers[0].image",
        Assert.Throws<InvalidOperationException>(
            () => new Given { Config = "pod-spec-patch: {containers: [{name: a, image: 'alpine:Latest'}]}" }.Options()).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"runAsNonRoot":true}""", false)]
    [InlineData("""{"runAsUser":1000}""", true)]
    [InlineData("""{"runAsGroup":1000}""", false)]
    public void Quirk19OnlyAUserMakesPreparationRunAsRoot(string context, bool asRoot)
    {
        var pod = new Given { Plugin = $$$"""{"podSpec":{"securityContext":{{{context}}}}}""" }.Pod();

        foreach (var container in new[] { pod.Init("copy-agent"), pod.Container("checkout") })
        {
            Assert.Equal(asRoot, container.SecurityContext is { RunAsUser: 0, RunAsGroup: 0, RunAsNonRoot: false });
            Assert.Equal(asRoot, container.SecurityContext is not null);
        }
    }

    [Fact]
    public void Quirk20ImageCheckLimitsBelowTheFixedRequestsAreRefusedAtStart() => Assert.Contains(
        "image-check-container-memory-limit",
        Assert.Throws<InvalidOperationException>(() => new Given { Config = "image-check-container-memory-limit: 32Mi" }.Options()).Message,
        StringComparison.Ordinal);
}
