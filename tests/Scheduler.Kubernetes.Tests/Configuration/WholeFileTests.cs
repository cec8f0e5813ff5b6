using k8s.Models;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

/// <summary>One file with every kind of value (configuration.md §14).</summary>
public class WholeFileTests
{
    private const string File = """
        id: east-1
        agent-token-secret: acme-token
        namespace: ci
        image: registry.acme.io/agent:3
        queue: heavy
        tags: [os=linux, arch=arm64]
        debug: true
        max-in-flight: 100
        job-ttl: 5m
        poll-interval: 5s
        query-reset-interval: 20s
        image-pull-backoff-grace-period: 60s
        job-cancel-checker-poll-interval: 10s
        empty-job-grace-period: 50s
        pod-pending-timeout: 20m
        prometheus-port: 9216
        integration-test-buildkite-token: hidden-token
        additional-redacted-vars: ["*_DSN"]
        workspace-mount-sub-path-expr: $(POD_NAME)
        workspace-volume:
          name: work
          ephemeral:
            volumeClaimTemplate:
              spec:
                accessModes: [ReadWriteOnce]
                resources: {requests: {storage: 1Gi}}
        default-metadata:
          annotations: {acme.io/dashboard: "https://grafana.acme.io/d/ci", acme.io/owner: team-a}
          labels: {app.kubernetes.io/part-of: ci}
        agent-config:
          endpoint: https://agent.example.com/v3
          no-http2: false
          experiment: [a, b]
          tracing-backend: opentelemetry
          tracing-service-name: ci
          tracing-propagate-traceparent: true
          signing-jwks-key-id: k1
          container-start-timeout: 5m
          additional-hooks-paths: [/image/hooks]
          additional-hooks:
          - path: /extra/hooks
            volume: {name: hooks, configMap: {name: hooks, defaultMode: 493}}
          hooksVolume: {name: h, emptyDir: {}}
          signingJWKSVolume: {name: s, secret: {secretName: s}}
        default-checkout-params:
          skip: false
          cloneFlags: -v
          submoduleCloneConfig: [a=b]
          gitMirrors: {path: /mirrors, lockTimeout: 600, skipUpdate: false, volume: {name: m, hostPath: {path: /m}}}
          gitCredentialsSecret: {secretName: git, defaultMode: 256}
          envFrom: [{prefix: VCS_, secretRef: {name: vcs-login}}]
          extraVolumeMounts: [{name: x, mountPath: /x, readOnly: true}]
        default-command-params:
          interposer: vector
          envFrom: [{prefix: STAGE_, configMapRef: {name: stage}}]
        default-sidecar-params:
          envFrom: [{prefix: SHIP_, configMapRef: {name: shipper}}]
        resource-classes:
          small:
            resource: {requests: {cpu: 500m, hugepages-2Mi: 64Mi}}
            nodeSelector: {node.kubernetes.io/instance-type: m5.large}
          large:
            podResource: {limits: {memory: 8Gi}}
          none:
        default-resource-class-name: small
        pod-spec-patch:
          serviceAccountName: robot
          automountServiceAccountToken: true
          nodeSelector: {example.com/pool.a: fast}
          containers:
          - name: container-0
            image: alpine@sha256:d27a468d50c035c5847330241372acecde2b3109fa7503eee7790a5248f4c7ec
            env:
            - name: TOKEN
              valueFrom: {secretKeyRef: {name: s, key: k}}
            resources:
              requests: {cpu: 1, acme.io/thing: 2, hugepages-2Mi: 2Mi}
        """;

    private static readonly ControllerOptions Options = Configured.By(File);

    [Fact]
    public void ScalarsAndListsAreTyped()
    {
        Assert.Equal(("east-1", "acme-token", "ci", 100, 9216), (Options.Id, Options.AgentTokenSecret, Options.Namespace, Options.MaxInFlight, Options.PrometheusPort));
        Assert.Equal<string>(["os=linux", "arch=arm64"], Options.Tags);
        Assert.Equal("heavy", Options.Queue);
        Assert.Equal<string>(["*_DSN"], Options.AdditionalRedactedVars);
        Assert.Equal("hidden-token", Options.IntegrationTestBuildkiteToken);
        Assert.Equal(("logfmt", "info", false), (Options.LogFormat, Options.LogLevel, Options.NoColor));
    }

    [Fact]
    public void DurationsAreReadAndTheOneLeftOutKeepsItsDefault() => Assert.Equal(
        [300, 5, 20, 60, 10, 50, 1200, 60],
        new[]
        {
            Options.JobTtl, Options.PollInterval, Options.QueryResetInterval, Options.ImagePullBackoffGracePeriod,
            Options.JobCancelCheckerPollInterval, Options.EmptyJobGracePeriod, Options.PodPendingTimeout, Options.HttpTimeout,
        }.Select(duration => duration.TotalSeconds));

    [Fact]
    public void VolumesMetadataAndClassesKeepTheirOwnNames()
    {
        Assert.Equal(
            1 << 30, Options.WorkspaceVolume!.Ephemeral.VolumeClaimTemplate.Spec.Resources.Requests["storage"].ToDecimal());
        Assert.Equal("https://grafana.acme.io/d/ci", Options.DefaultMetadata!.Annotations["acme.io/dashboard"]);
        Assert.Equal("ci", Options.DefaultMetadata.Labels["app.kubernetes.io/part-of"]);
        Assert.Equal(new ResourceQuantity("64Mi"), Options.ResourceClasses!["small"]!.Resource!.Requests["hugepages-2Mi"]);
        Assert.Equal("m5.large", Options.ResourceClasses["small"]!.NodeSelector["node.kubernetes.io/instance-type"]);
        Assert.Equal(new ResourceQuantity("8Gi"), Options.ResourceClasses["large"]!.PodResource!.Limits["memory"]);
        Assert.Null(Options.ResourceClasses["none"]);
    }

    [Fact]
    public void TheAgentsOptionsTellAbsentFromFalse()
    {
        var agent = Options.AgentConfig!;
        Assert.Equal((false, null, true), (agent.NoHttp2, agent.NoPty, agent.TracingPropagateTraceparent));
        Assert.Equal(("https://agent.example.com/v3", "opentelemetry", "ci"), (agent.Endpoint, agent.TracingBackend, agent.TracingServiceName));
        Assert.Equal<string>(["a", "b"], agent.Experiment);
        Assert.Equal(TimeSpan.FromMinutes(5), agent.ContainerStartTimeout);
        Assert.Equal<string>(["/image/hooks"], agent.AdditionalHooksPaths);
        Assert.Equal(("/extra/hooks", 493), (agent.AdditionalHooks[0].Path, agent.AdditionalHooks[0].Volume!.ConfigMap.DefaultMode));
        Assert.Equal(("h", "s", "k1"), (agent.HooksVolume!.Name, agent.SigningJwksVolume!.Name, agent.SigningJwksKeyId));
        Assert.Null(agent.PluginsVolume);
    }

    [Fact]
    public void TheDefaultParamsAreTyped()
    {
        var checkout = Options.DefaultCheckoutParams!;
        Assert.Equal((false, "-v", null), (checkout.Skip, checkout.CloneFlags, checkout.NoSubmodules));
        Assert.Equal(("/mirrors", 600, false, "/m"), (checkout.GitMirrors!.Path, checkout.GitMirrors.LockTimeout, checkout.GitMirrors.SkipUpdate, checkout.GitMirrors.Volume!.HostPath.Path));
        Assert.Equal(("git", 256), (checkout.GitCredentialsSecret!.SecretName, checkout.GitCredentialsSecret.DefaultMode));
        Assert.Equal(("VCS_", "vcs-login"), (checkout.EnvFrom[0].Prefix, checkout.EnvFrom[0].SecretRef.Name));
        Assert.True(checkout.ExtraVolumeMounts[0].ReadOnlyProperty);
        Assert.Equal((Interposer.Vector, "stage"), (Options.DefaultCommandParams!.Interposer, Options.DefaultCommandParams.EnvFrom[0].ConfigMapRef.Name));
        Assert.Equal("SHIP_", Options.DefaultSidecarParams!.EnvFrom[0].Prefix);
    }

    [Fact]
    public void ThePatchIsATypedPodSpec()
    {
        var patch = Options.PodSpecPatch!;
        var container = Assert.Single(patch.Containers);
        Assert.Equal(("robot", true, "fast"), (patch.ServiceAccountName, patch.AutomountServiceAccountToken, patch.NodeSelector["example.com/pool.a"]));
        Assert.Equal(new ResourceQuantity("1000m"), container.Resources.Requests["cpu"]);
        Assert.Equal(new ResourceQuantity("2"), container.Resources.Requests["acme.io/thing"]);
        Assert.Equal("k", container.Env[0].ValueFrom.SecretKeyRef.Key);
    }

    [Fact]
    public void TheEffectiveConfigurationReadsBackAsItself()
    {
        var text = EffectiveConfiguration.Describe(Options).ToJsonString();
        var read = Configured.By(text, ["INTEGRATION_TEST_BUILDKITE_TOKEN=hidden-token"]);

        Assert.Equal(text, EffectiveConfiguration.Describe(read).ToJsonString());
        Assert.DoesNotContain("hidden-token", text, StringComparison.Ordinal);
        Assert.Contains("\"job-ttl\":\"5m\"", text, StringComparison.Ordinal);
        Assert.Equal<string>(Options.Tags, read.Tags);
        Assert.Equal(Options.AgentConfig!.ContainerStartTimeout, read.AgentConfig!.ContainerStartTimeout);
    }

    [Fact]
    public void SecretsInThePatchAreHiddenFromTheEffectiveConfiguration()
    {
        var options = Configured.By("pod-spec-patch: {containers: [{name: a, env: [{name: PIN, value: s3cret}]}]}");

        Assert.DoesNotContain("s3cret", EffectiveConfiguration.Describe(options).ToJsonString(), StringComparison.Ordinal);
    }
}
