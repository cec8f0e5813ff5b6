using k8s.Models;

namespace Scheduler.Kubernetes.Tests.Pods.Containers;

/// <summary>Which containers a pod has and what each gets (pod-building.md §6, §7).</summary>
public sealed class ContainerTests
{
    /// <summary>Everything that adds mounts or sources, each with a name of its own.</summary>
    private static readonly Given Everything = new()
    {
        Config = """
            agent-config:
              hooksVolume: {name: hooks, emptyDir: {}}
              additional-hooks: [{path: /more, volume: {name: more, emptyDir: {}}}]
              pluginsVolume: {name: plugins, emptyDir: {}}
              signingJWKSVolume: {name: signing, emptyDir: {}}
              verificationJWKSVolume: {name: verifying, emptyDir: {}}
            default-command-params:
              envFrom: [{secretRef: {name: e-command}}]
              extraVolumeMounts: [{name: d-command, mountPath: /d-command}]
            default-sidecar-params:
              envFrom: [{secretRef: {name: e-sidecar}}]
              extraVolumeMounts: [{name: d-sidecar, mountPath: /d-sidecar}]
            default-checkout-params:
              envFrom: [{secretRef: {name: e-checkout}}]
              extraVolumeMounts: [{name: d-checkout, mountPath: /d-checkout}]
              gitMirrors: {volume: {name: mirrors, emptyDir: {}}}
              gitCredentialsSecret: {secretName: default-credentials}
            """,
        Plugin = """
            {"podSpec":{
               "containers":[{"image":"a","volumeMounts":[{"name":"own","mountPath":"/own"}],"envFrom":[{"secretRef":{"name":"e-own"}}]}],
               "initContainers":[{"name":"init","image":"i","volumeMounts":[{"name":"own","mountPath":"/own"}]}],
               "volumes":[{"name":"own","emptyDir":{}}]},
             "sidecars":[{"image":"s","volumeMounts":[{"name":"own","mountPath":"/own"}],"envFrom":[{"secretRef":{"name":"e-own"}}]}],
             "gitEnvFrom":[{"secretRef":{"name":"e-git"}}],
             "extraVolumeMounts":[{"name":"extra","mountPath":"/extra"}],
             "commandParams":{"envFrom":[{"configMapRef":{"name":"p-command"}}],"extraVolumeMounts":[{"name":"p-command","mountPath":"/p-command"}]},
             "sidecarParams":{"envFrom":[{"configMapRef":{"name":"p-sidecar"}}],"extraVolumeMounts":[{"name":"p-sidecar","mountPath":"/p-sidecar"}]},
             "checkout":{"envFrom":[{"configMapRef":{"name":"p-checkout"}}],"extraVolumeMounts":[{"name":"p-checkout","mountPath":"/p-checkout"}],
                         "gitMirrors":{"path":"/mirrors","volume":{"name":"p-mirrors","emptyDir":{}}},
                         "gitCredentialsSecret":{"secretName":"plugin-credentials"}}}
            """,
    };

    [Fact]
    public void MountsComeInTheirOrder()
    {
        var pod = Everything.Pod();

        Assert.Equal(
            [
                "own:/own", "hooks:/workspace/hooks", "more:/more", "plugins:/workspace/plugins", "signing:/buildkite/signing-jwks",
                "d-command:/d-command", "p-command:/p-command", "workspace:/workspace", "extra:/extra",
            ],
            pod.Container("container-0").Mounts());
        Assert.Equal(
            [
                "workspace:/workspace", "extra:/extra", "hooks:/workspace/hooks", "more:/more", "plugins:/workspace/plugins",
                "signing:/buildkite/signing-jwks", "verifying:/buildkite/verification-jwks",
            ],
            pod.Container("agent").Mounts());
        Assert.Equal(
            [
                "workspace:/workspace", "extra:/extra", "hooks:/workspace/hooks", "more:/more", "plugins:/workspace/plugins",
                "mirrors:/buildkite/git-mirrors", "d-checkout:/d-checkout", "p-mirrors:/mirrors", "p-checkout:/p-checkout",
                "git-credentials-ro:/buildkite/git-credentials-ro", "git-credentials:/buildkite/git-credentials",
            ],
            pod.Container("checkout").Mounts());
        Assert.Equal(
            ["own:/own", "d-sidecar:/d-sidecar", "workspace:/workspace", "extra:/extra", "p-sidecar:/p-sidecar"],
            pod.Init("sidecar-0").Mounts());
        Assert.Equal(["own:/own"], pod.Init("init").Mounts());
        Assert.Equal(["workspace:/workspace"], pod.Init("copy-agent").Mounts());
        Assert.Equal(["workspace:/workspace"], pod.Init("imagecheck-0").Mounts());
    }

    [Fact]
    public void TheDefaultCommandContainerHasTheWorkspaceFirst()
    {
        var pod = (Everything with { Plugin = """{"extraVolumeMounts":[{"name":"extra","mountPath":"/extra"}]}""" }).Pod();

        Assert.Equal(
            [
                "workspace:/workspace", "extra:/extra", "hooks:/workspace/hooks", "more:/more", "plugins:/workspace/plugins",
                "signing:/buildkite/signing-jwks", "d-command:/d-command",
            ],
            pod.Container("container-0").Mounts());
    }

    [Fact]
    public void SourcesOfVariablesComeInTheirOrder()
    {
        var pod = Everything.Pod();

        Assert.Equal(["e-own", "e-command", "p-command", "e-git"], pod.Container("container-0").Sources());
        Assert.Equal(["e-own", "e-sidecar", "p-sidecar", "e-git"], pod.Init("sidecar-0").Sources());
        Assert.Equal(["e-checkout", "p-checkout", "e-git"], pod.Container("checkout").Sources());
        Assert.Empty(pod.Container("agent").Sources());
        Assert.Empty(pod.Init("init").Sources());
    }

    [Fact]
    public void VolumesComeInTheirOrder()
    {
        var pod = Everything.Pod();

        Assert.Equal(
            [
                "own", "workspace", "hooks", "more", "plugins", "signing", "verifying", "mirrors", "p-mirrors",
                "git-credentials-ro", "git-credentials",
            ],
            pod.VolumeNames());
        Assert.Equal("plugin-credentials", pod.Volumes.Single(v => v.Name == "git-credentials-ro").Secret.SecretName);
        Assert.Equal("Memory", pod.Volumes.Single(v => v.Name == "git-credentials").EmptyDir.Medium);
    }

    [Fact]
    public void ContainersComeInTheirOrder()
    {
        var pod = Everything.Pod();

        Assert.Equal(["container-0", "agent", "checkout"], pod.ContainerNames());
        Assert.Equal(["copy-agent", "imagecheck-0", "init", "sidecar-0"], pod.InitNames());
        Assert.Equal("Always", pod.Init("sidecar-0").RestartPolicy);
        Assert.Null(pod.Init("init").RestartPolicy);
    }

    [Fact]
    public void WithoutAPluginOneContainerRunsTheStepsCommand()
    {
        var pod = new Given().Pod();
        var command = pod.Container("container-0");

        Assert.Equal(["container-0", "agent", "checkout"], pod.ContainerNames());
        Assert.Equal(["/workspace/tini-static"], command.Command);
        Assert.Equal(["--", "/workspace/buildkite-agent", "kubernetes-bootstrap"], command.Args);
        Assert.Equal((Given.AgentImage, "/workspace"), (command.Image, command.WorkingDir));
        Assert.Equal(
            [
                ("BUILDKITE_BOOTSTRAP_PHASES", "plugin,command"), ("BUILDKITE_COMMAND", "make test"),
                ("BUILDKITE_CONTAINER_ID", "1"), ("BUILDKITE_SOCKETS_PATH", "/workspace/sockets/container-0"),
            ],
            command.Env.Select(v => (v.Name, v.Value)));
    }

    [Fact]
    public void OwnContainersAreRewrittenAndKeepTheRest()
    {
        var pod = new Given
        {
            Plugin = """
                {"podSpec":{"containers":[
                  {"name":"../x","image":"a","command":["hello world a=b=c"],"env":[{"name":"BUILDKITE_COMMAND","value":"mine"}],"tty":true},
                  {"image":"b","args":["ignored"],"workingDir":"/elsewhere","resources":{"limits":{"cpu":"1"}}}]}}
                """,
        }.Pod();
        var (first, second) = (pod.Containers[0], pod.Containers[1]);

        Assert.Equal("../x", first.Name);
        Assert.Equal("/workspace/x", first.Value("BUILDKITE_SOCKETS_PATH"));
        Assert.Equal(["mine", "hello world a=b=c"], first.Env.Where(v => v.Name == "BUILDKITE_COMMAND").Select(v => v.Value));
        Assert.True(first.Tty);
        Assert.Equal(("container-1", "/elsewhere", "make test", "2"),
            (second.Name, second.WorkingDir, second.Value("BUILDKITE_COMMAND"), second.Value("BUILDKITE_CONTAINER_ID")));
        Assert.Equal("1", second.Resources.Limits["cpu"].ToString());
        Assert.Equal("3", pod.Container("agent").Value("BUILDKITE_CONTAINER_COUNT"));
    }

    [Theory]
    [InlineData("", """{"checkout":{"skip":true}}""", true)]
    [InlineData("default-checkout-params: {skip: true}", "{}", true)]
    [InlineData("default-checkout-params: {skip: true}", """{"checkout":{"skip":false}}""", false)]
    [InlineData("", "{}", false)]
    public void CheckoutCanBeSkipped(string config, string plugin, bool skipped)
    {
        var pod = new Given { Config = config, Plugin = plugin }.Pod();

        Assert.Equal(skipped ? ["container-0", "agent"] : ["container-0", "agent", "checkout"], pod.ContainerNames());
        Assert.Equal(skipped ? "0" : "1", pod.Container("container-0").Value("BUILDKITE_CONTAINER_ID"));
        Assert.Equal(skipped ? "1" : "2", pod.Container("agent").Value("BUILDKITE_CONTAINER_COUNT"));
    }

    [Fact]
    public void ASkippedCheckoutBringsNoVolumesButItsVariablesStay()
    {
        var pod = new Given { Config = "default-checkout-params: {skip: true, gitMirrors: {volume: {name: m, emptyDir: {}}}}" }.Pod();

        Assert.Equal(["workspace"], pod.VolumeNames());
        Assert.Equal("/buildkite/git-mirrors", pod.Container("agent").Value("BUILDKITE_GIT_MIRRORS_PATH"));
    }

    [Fact]
    public void EveryWorkspaceMountHasTheConfiguredSubPath()
    {
        var given = new Given
        {
            Plugin = """{"podSpec":{"containers":[{"image":"a"}]},"sidecars":[{"image":"s"}]}""",
        };
        static IEnumerable<string?> SubPaths(V1PodSpec pod) =>
            pod.InitContainers.Concat(pod.Containers).Select(c => c.VolumeMounts.Single(m => m.MountPath == "/workspace").SubPathExpr);

        Assert.All(SubPaths((given with { Config = "workspace-mount-sub-path-expr: $(POD_NAME)" }).Pod()), path => Assert.Equal("$(POD_NAME)", path));
        Assert.All(SubPaths(given.Pod()), Assert.Null);
    }

    [Fact]
    public void TheWorkspaceVolumeIsTakenAsConfigured()
    {
        var pod = new Given { Config = "workspace-volume: {name: scratch, hostPath: {path: /tmp}}" }.Pod();

        Assert.Equal("/tmp", Assert.Single(pod.Volumes).HostPath.Path);
        Assert.Equal(["scratch:/workspace"], pod.Container("agent").Mounts());
    }

    [Fact]
    public void AtOnePathTheFirstMountWins()
    {
        var pod = new Given
        {
            Plugin = """
                {"podSpec":{"containers":[{"image":"a","volumeMounts":[{"name":"mine","mountPath":"/workspace"}]}]},
                 "extraVolumeMounts":[{"name":"a","mountPath":"/d"},{"name":"b","mountPath":"/d"},{"name":"c","mountPath":"/d/"}]}
                """,
        }.Pod();

        Assert.Equal(["mine:/workspace", "a:/d", "c:/d/"], pod.Container("container-0").Mounts());
        Assert.Equal(["workspace:/workspace", "a:/d", "c:/d/"], pod.Container("agent").Mounts());
    }

    [Fact]
    public void RestartPoliciesOfPodAndSidecarsAreOursUntilAPatchChangesThem()
    {
        const string Spec = """
            {"podSpec":{"restartPolicy":"Always"},"sidecars":[{"image":"s","restartPolicy":"Never"}]PATCH}
            """;
        var pod = new Given { Plugin = Spec.Replace("PATCH", "", StringComparison.Ordinal) }.Pod();
        var patched = new Given { Plugin = Spec.Replace("PATCH", ""","podSpecPatch":{"restartPolicy":"OnFailure"}""", StringComparison.Ordinal) }.Pod();

        Assert.Equal(("Never", "Always"), (pod.RestartPolicy, pod.Init("sidecar-0").RestartPolicy));
        Assert.Equal("OnFailure", patched.RestartPolicy);
    }
}
