using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class FileTests
{
    [Theory]
    [InlineData("max-in-flight: '5'", "max-in-flight", "an integer")]
    [InlineData("debug: 'true'", "debug", "a boolean")]
    [InlineData("namespace: 123", "namespace", "a text")]
    [InlineData("tags: a=b", "tags", "a list of texts")]
    [InlineData("tags: [1]", "tags[0]", "a text")]
    [InlineData("max-in-flight: 1.5", "max-in-flight", "an integer")]
    [InlineData("max-in-flight: 5000000000", "max-in-flight", "an integer")]
    [InlineData("max-in-flight: {}", "max-in-flight", "an integer")]
    [InlineData("job-ttl: 1d", "job-ttl", "a duration")]
    [InlineData("job-ttl: ''", "job-ttl", "a duration")]
    [InlineData("job-ttl: 1.5", "job-ttl", "a duration")]
    [InlineData("agent-config: []", "agent-config", "a mapping")]
    [InlineData("agent-config: {container-start-timeout: soon}", "agent-config.container-start-timeout", "a duration")]
    [InlineData("default-metadata: {labels: {a.b/c: 1}}", "default-metadata.labels[\"a.b/c\"]", "a text")]
    [InlineData("pod-spec-patch: {containers: {}}", "pod-spec-patch.containers", "a list of mappings")]
    [InlineData("pod-spec-patch: {containers: [{resources: {limits: {cpu: lots}}}]}", "pod-spec-patch.containers[0].resources.limits.cpu", "a quantity")]
    [InlineData("pod-spec-patch: {priority: 5e10}", "pod-spec-patch.priority", "an integer")]
    [InlineData("resource-classes: {a: {nodeSelector: {x: true}}}", "resource-classes.a.nodeSelector.x", "a text")]
    public void AValueOfTheWrongTypeIsNamedWithPathValueAndType(string file, string path, string expected)
    {
        var problem = Configured.Refused(file);

        Assert.Equal(path, problem.Key);
        Assert.StartsWith(path, problem.Problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Problem, StringComparison.Ordinal);
        Assert.Equal(ConfigurationSource.File, problem.Source);
        Assert.Contains("config.yaml", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown-field: some-value", "unknown-field", null)]
    [InlineData("job-prefx: ci-", "job-prefx", "job-prefix")]
    [InlineData("workspaceVolume: {}", "workspaceVolume", "workspace-volume")]
    [InlineData("Namespace: x", "Namespace", "namespace")]
    [InlineData("org: acme", "org", "no longer needed")]
    [InlineData("agent-config: {hooks-volume: {}}", "agent-config.hooks-volume", "hooksVolume")]
    [InlineData("agent-config: {no-ptty: true}", "agent-config.no-ptty", "no-pty")]
    [InlineData("pod-spec-patch: {containers: [{imagePullPolcy: Always}]}", "pod-spec-patch.containers[0].imagePullPolcy", "imagePullPolicy")]
    [InlineData("workspace-volume: {emptyDirr: {}}", "workspace-volume.emptyDirr", "emptyDir")]
    [InlineData("default-checkout-params: {gitMirrors: {pth: /x}}", "default-checkout-params.gitMirrors.pth", "path")]
    [InlineData("pod-spec-patch: {$patch: replace}", "pod-spec-patch.$patch", null)]
    public void AnUnknownKeyIsNamedWithItsPathAndTheNearestKnownOne(string file, string path, string? remedy)
    {
        var problem = Configured.Refused(file);

        Assert.Equal(path, problem.Key);
        Assert.Contains(path, problem.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy ?? "remove the key", problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [")]
    [InlineData("- a")]
    [InlineData("just text")]
    [InlineData("42")]
    public void AFileThatIsNoMappingIsRefusedAsAWhole(string file) =>
        Assert.StartsWith("failed to parse config file config.yaml", Configured.Refused(file).Problem, StringComparison.Ordinal);

    [Fact]
    public void TheContentOfAFileThatIsNoMappingIsNotShown() =>
        Assert.DoesNotContain("bkct_secret", Configured.Refused("bkct_secret").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# comment")]
    [InlineData("{}")]
    [InlineData("---\n...\n")]
    public void AnEmptyFileChangesNothing(string file) => Assert.Equal(new ControllerOptions(), Configured.By(file));

    [Fact]
    public void OfDuplicateKeysTheLastWinsAsTheChartReliesOn() => Assert.Equal("mine", Configured.By("namespace: charts\nid: a\nnamespace: mine").Namespace);

    [Fact]
    public void ABareNumberIsADurationInNanosecondsAndWarnedOfIfTiny()
    {
        var result = Configured.Load("job-ttl: 300\npoll-interval: 5000000000");

        Assert.Equal((TimeSpan.FromTicks(3), TimeSpan.FromSeconds(5)), (result.Options!.JobTtl, result.Options.PollInterval));
        Assert.Equal("job-ttl", Assert.Single(result.Warnings).Key);
    }

    [Fact]
    public void DurationKeysAreDurationsOnlyWhereTheyBelong()
    {
        var options = Configured.By("default-metadata: {annotations: {job-ttl: 5m}}\nagent-config: {container-start-timeout: 5m}");

        Assert.Equal("5m", options.DefaultMetadata!.Annotations["job-ttl"]);
        Assert.Equal(TimeSpan.FromMinutes(5), options.AgentConfig!.ContainerStartTimeout);
    }

    [Fact]
    public void NestedKeysInOtherCapitalsTakeEffectWithAWarning()
    {
        var result = Configured.Load("pod-spec-patch: {serviceaccountname: robot}");

        Assert.Equal("robot", result.Options!.PodSpecPatch!.ServiceAccountName);
        Assert.Contains("serviceAccountName", Assert.Single(result.Warnings).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void WholeNumbersMayBeWrittenWithExponentOrFractionInYaml() =>
        Assert.Equal((1000, 60), Configured.By("max-in-flight: 1e3\njob-active-deadline-seconds: 60.0") is var o ? (o.MaxInFlight, o.JobActiveDeadlineSeconds) : default);

    [Fact]
    public void AllProblemsAreToldAtOnceWhateverTheirSource()
    {
        var result = Configured.Load("max-in-flight: x\nnope: 1\npagination-depth-limit: 99", ["DEBUG=maybe"], ["--log-format=xml"]);

        Assert.Equal(
            ["max-in-flight", "nope", "debug", "pagination-depth-limit", "log-format"],
            result.Problems.Select(problem => problem.Key));
        Assert.Null(result.Options);
    }

    [Theory]
    [InlineData("pod-spec-patch: {containers: [{env: [{name: PIN, value: 4711}]}]}", "4711")]
    [InlineData("integration-test-buildkite-token: 4711", "4711")]
    [InlineData("agent-token-secret: bkct_4711", "4711")]
    public void SecretsAreNeverShown(string file, string secret)
    {
        var problem = Configured.Refused(file);

        Assert.DoesNotContain(secret, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, problem.Value ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterposerIsOneOfThree()
    {
        Assert.Equal(Interposer.Vector, Configured.By("default-command-params: {interposer: vector}").DefaultCommandParams!.Interposer);
        Assert.Equal(Interposer.Unset, Configured.By("default-command-params: {interposer: ''}").DefaultCommandParams!.Interposer);
        Assert.Contains(
            "invalid interposer \"Vector\", must be one of: buildkite, vector, legacy",
            Configured.Refused("default-command-params: {interposer: Vector}").Problem,
            StringComparison.Ordinal);
    }
}
