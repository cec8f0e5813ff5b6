namespace Scheduler.Kubernetes.Tests.Configuration;

public class ValidationTests
{
    [Theory]
    [InlineData("namespace: ''", "namespace")]
    [InlineData("namespace: My_Space", "namespace")]
    [InlineData("job-prefix: ''", "job-prefix")]
    [InlineData("job-prefix: CI_", "job-prefix")]
    [InlineData("job-prefix: a-prefix-of-twenty-eight-ch-", "job-prefix")]
    [InlineData("image: ''", "image")]
    [InlineData("image: ALPINE", "image")]
    [InlineData("image: 'a b'", "image")]
    [InlineData("agent-token-secret: ''", "agent-token-secret")]
    [InlineData("agent-token-secret: my_secret", "agent-token-secret")]
    [InlineData("id: a.b", "id")]
    [InlineData("id: -a", "id")]
    [InlineData("tags: [queue]", "tags[0]")]
    [InlineData("job-active-deadline-seconds: 0", "job-active-deadline-seconds")]
    [InlineData("job-active-deadline-seconds: -1", "job-active-deadline-seconds")]
    [InlineData("default-termination-grace-period-seconds: 0", "default-termination-grace-period-seconds")]
    [InlineData("max-in-flight: -1", "max-in-flight")]
    [InlineData("pagination-page-size: 0", "pagination-page-size")]
    [InlineData("pagination-page-size: 1001", "pagination-page-size")]
    [InlineData("pagination-depth-limit: 0", "pagination-depth-limit")]
    [InlineData("pagination-depth-limit: 21", "pagination-depth-limit")]
    [InlineData("reservation-expiry-seconds: 3601", "reservation-expiry-seconds")]
    [InlineData("reservation-expiry-seconds: -1", "reservation-expiry-seconds")]
    [InlineData("prometheus-port: 70000", "prometheus-port")]
    [InlineData("prometheus-port: -1", "prometheus-port")]
    [InlineData("k8s-client-rate-limiter-qps: 10\nk8s-client-rate-limiter-burst: 0", "k8s-client-rate-limiter-burst")]
    [InlineData("log-format: LOGFMT", "log-format")]
    [InlineData("log-level: trace", "log-level")]
    [InlineData("default-image-pull-policy: always", "default-image-pull-policy")]
    [InlineData("default-image-check-pull-policy: Sometimes", "default-image-check-pull-policy")]
    [InlineData("profiler-address: localhost", "profiler-address")]
    [InlineData("profiler-address: 'localhost:0'", "profiler-address")]
    [InlineData("profiler-address: 'localhost:65536'", "profiler-address")]
    [InlineData("profiler-address: '[::1]:80'", "profiler-address")]
    [InlineData("image-check-container-cpu-limit: ''", "image-check-container-cpu-limit")]
    [InlineData("image-check-container-cpu-limit: 50m", "image-check-container-cpu-limit")]
    [InlineData("image-check-container-memory-limit: lots", "image-check-container-memory-limit")]
    [InlineData("agent-config: {endpoint: agent.buildkite.com}", "agent-config.endpoint")]
    [InlineData("agent-config: {endpoint: 'https://example.com/v3?a=b'}", "agent-config.endpoint")]
    [InlineData("queue: 'a-queue-of-a-hundred-and-one-characters-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'", "queue")]
    [InlineData("tags: ['queue=a-queue-of-a-hundred-and-one-characters-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']", "tags[0]")]
    [InlineData("job-ttl: -1s", "job-ttl")]
    [InlineData("empty-job-grace-period: -1s", "empty-job-grace-period")]
    [InlineData("poll-interval: 1000h", "poll-interval")]
    [InlineData("agent-config: {container-start-timeout: -1s}", "agent-config.container-start-timeout")]
    [InlineData("take-timeout: 0s", "take-timeout")]
    [InlineData("take-timeout: 12s", "take-timeout", 2)]
    [InlineData("take-timeout: 7s", "take-timeout")]
    [InlineData("grant-lifetime: 3s", "take-timeout")]
    [InlineData("grant-lifetime: 2s\ntake-timeout: 1s", "grant-lifetime")]
    [InlineData("grant-lifetime: 2m", "grant-lifetime")]
    [InlineData("reservation-grace: 2h", "reservation-grace")]
    public void ANonsenseValueIsNamedWithKeyValueAndRemedy(string file, string key, int problems = 1)
    {
        var result = Configured.Load(file);

        Assert.Equal(problems, result.Problems.Length);
        Assert.All(result.Problems, problem =>
        {
            Assert.Equal(key, problem.Key);
            Assert.Contains(key, problem.Problem, StringComparison.Ordinal);
            Assert.NotEmpty(problem.Remedy);
        });
    }

    [Theory]
    [InlineData("max-in-flight: 0")]
    [InlineData("log-format: ''\nlog-level: ''")]
    [InlineData("profiler-address: ':6060'")]
    [InlineData("profiler-address: 'localhost:6060'")]
    [InlineData("job-ttl: 0")]
    [InlineData("http-timeout: -1s")]
    [InlineData("poll-interval: 1ms")]
    [InlineData("pod-pending-timeout: -5s")]
    [InlineData("job-creation-concurrency: -3\nwork-queue-limit: 0")]
    [InlineData("k8s-client-rate-limiter-qps: 0\nk8s-client-rate-limiter-burst: 0")]
    [InlineData("image-check-container-cpu-limit: 50m\nskip-image-check-containers: true")]
    [InlineData("reservation-expiry-seconds: 30")]
    [InlineData("id: My_controller-1")]
    [InlineData("job-prefix: ci.")]
    [InlineData("image: 'Reg.IO:5000/agent:Tag'")]
    [InlineData("query-reset-interval: -1s")]
    public void WhatTheOriginalTakesIsTaken(string file) => Assert.Empty(Configured.Load(file).Problems);

    [Theory]
    [InlineData("poll-interval: 10ms", "poll-interval", "1s")]
    [InlineData("pod-pending-timeout: 0", "pod-pending-timeout", "15m")]
    [InlineData("http-timeout: 0", "http-timeout", "60s")]
    [InlineData("work-queue-limit: 0", "work-queue-limit", "1000000")]
    [InlineData("reservation-expiry-seconds: 30\npod-pending-timeout: 30s", "reservation-grace", "30s")]
    public void AValueThatActsAsAnotherIsWarnedOf(string file, string key, string acts)
    {
        var warning = Assert.Single(Configured.Load(file).Warnings);

        Assert.Equal(key, warning.Key);
        Assert.Contains($"acts as {acts}", warning.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void AReservedKeyInDefaultMetadataIsWarnedOfAndKeepsNothingFromStarting()
    {
        var result = Configured.Load("""
            default-metadata:
              labels: {team: a, buildkite.com/controller-id: x, scheduler.buildkite.com/node: "true"}
              annotations: {scheduler.buildkite.com/grant: 1/1}
            """);

        Assert.NotNull(result.Options);
        Assert.Equal(
            [
                "default-metadata.labels[\"buildkite.com/controller-id\"]",
                "default-metadata.labels[\"scheduler.buildkite.com/node\"]",
                "default-metadata.annotations[\"scheduler.buildkite.com/grant\"]",
            ],
            result.Warnings.Select(warning => warning.Key));
        Assert.All(result.Warnings, warning => Assert.Equal("remove it", warning.Remedy));
    }

    [Fact]
    public void TheOriginPointsToTheSourceThatSetTheValue()
    {
        Assert.EndsWith("(flag --max-in-flight)", Configured.Refused("max-in-flight: 1", null, ["--max-in-flight=-1"]).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("(environment variable MAX_IN_FLIGHT)", Configured.Refused(null, ["MAX_IN_FLIGHT=-1"]).ToString(), StringComparison.Ordinal);
        Assert.EndsWith("(file config.yaml)", Configured.Refused("max-in-flight: -1").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EachAdditionalHookNeedsPathAndNamedVolume()
    {
        var problems = Messages("""
            agent-config:
              additional-hooks:
              - volume: {emptyDir: {}}
              - path: /only/path
              - volume: {name: named}
            """);

        Assert.Equal(
            [
                "agent-config.additional-hooks[0].path is required",
                "agent-config.additional-hooks[0].volume.name is required",
                "agent-config.additional-hooks[1].volume is required",
                "agent-config.additional-hooks[2].path is required",
            ],
            problems);
    }

    [Fact]
    public void TheDefaultResourceClassMustExist()
    {
        Assert.Equal(
            ["default-resource-class-name \"x\" specified but no resource-classes defined"], Messages("default-resource-class-name: x"));
        Assert.Equal(
            ["default-resource-class-name \"x\" not found in resource-classes"], Messages("{default-resource-class-name: x, resource-classes: {}}"));
        Assert.Equal(
            ["default-resource-class-name \"x\" not found in resource-classes"], Messages("{default-resource-class-name: x, resource-classes: {z: {}}}"));
        Assert.Empty(Messages("{default-resource-class-name: x, resource-classes: {x: }}"));
        Assert.Equal(
            "resource-classes.z.nope",
            Configured.Refused("{default-resource-class-name: x, resource-classes: {z: {nope: 1}}}").Key);
    }

    [Fact]
    public void APatchMayNotHaveUpperCaseImagesOrCommands()
    {
        const string Patch = """
            pod-spec-patch:
              initContainers: [{name: i, image: UPPER, command: [x]}]
              containers:
              - {name: a, image: 'alpine:Latest'}
              - {name: b, image: 'alpine', args: [x]}
              - {name: c, command: []}
            """;

        Assert.Equal(["pod-spec-patch.containers[0].image", "pod-spec-patch.containers[1]"], Configured.Load(Patch).Problems.Select(p => p.Key));
        Assert.All(Messages(Patch), message => Assert.StartsWith("invalid pod spec patch: ", message, StringComparison.Ordinal));
        Assert.Contains(
            "modifying container commands or args via podSpecPatch is not supported", Messages(Patch)[1], StringComparison.Ordinal);
        Assert.Single(Messages(Patch + "\nallow-pod-spec-patch-unsafe-command-modification: true"));
    }

    private static string[] Messages(string file) => [.. Configured.Load(file).Problems.Select(problem => problem.Problem)];

    [Theory]
    [InlineData("pod-pending-timeout: 20m", "set reservation-expiry-seconds to 1200, or lower pod-pending-timeout")]
    [InlineData("{pod-pending-timeout: 11m, reservation-expiry-seconds: 600}", "set reservation-expiry-seconds to 660, or lower pod-pending-timeout")]
    [InlineData("pod-pending-timeout: 2h", "set reservation-expiry-seconds to 3600, the most there is, and pod-pending-timeout to 1h or less")]
    public void APodThatMayBePendingForLongerThanItsJobIsReservedIsAWarning(string file, string remedy)
    {
        var warning = Assert.Single(Configured.Load(file).Warnings);
        Assert.Equal(("pod-pending-timeout", remedy), (warning.Key, warning.Remedy));
    }

    [Theory]
    [InlineData("pod-pending-timeout: 15m")]
    [InlineData("{pod-pending-timeout: 30m, reservation-expiry-seconds: 1800}")]
    public void OneThatMayNotIsNone(string file) => Assert.Empty(Configured.Load(file).Warnings);

    [Fact]
    public void APasswordInTheEndpointIsNotShown()
    {
        var problem = Configured.Refused("agent-config: {endpoint: 'https://user:hunter2@example.com/v3'}");
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }
}
