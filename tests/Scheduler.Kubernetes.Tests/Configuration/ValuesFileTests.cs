using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Kubernetes.Tests.Configuration;

/// <summary>A values file of the Helm chart where a configuration is expected.</summary>
public sealed class ValuesFileTests
{
    private const string Token = "bkct_secret";

    [Fact]
    public void ItsConfigIsReadWithTheChartsDefaults()
    {
        var result = Look($"{{agentToken: {Token}, image: i, config: {{max-in-flight: 7, pod-pending-timeout: 5m}}}}");
        Assert.Empty(result.Problems);
        var options = result.Options!;
        Assert.Equal((7, 9216, 900), (options.MaxInFlight, options.PrometheusPort, options.ReservationExpirySeconds));
        Assert.Equal(TimeSpan.FromMinutes(5), options.PodPendingTimeout);
        Assert.Equal(["namespace", "id", "agent-token-secret"], result.Values!.OfTheRelease.AsEnumerable());
        Assert.Contains("values.yaml is a values file", result.Values.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{agentToken: t}")]
    [InlineData("{agentStackSecret: s, image: i}")]
    [InlineData("{replicas: 1}")]
    [InlineData("{config: {queue: q}}")]
    [InlineData("{agent-stack-k8s: {config: {queue: q}}, other-chart: {a: 1}}")]
    public void OneOfTheChartsKeysTellsWhatItIs(string file) => Assert.NotNull(Look(file).Values);

    [Theory]
    [InlineData("{image: alpine, max-in-flight: 1}")]
    [InlineData("{config: 7}")]
    [InlineData("")]
    public void AConfigurationIsNone(string file) => Assert.Null(Look(file).Values);

    [Fact]
    public void TheFullNameIsTheIdAndNamesTheSecret()
    {
        var options = Look("{fullnameOverride: ci-stack, config: {namespace: jobs}}").Options!;
        Assert.Equal(("ci-stack", "ci-stack-secrets", "jobs"), (options.Id, options.AgentTokenSecret, options.Namespace));
        Assert.Equal("theirs", Look("{fullnameOverride: ci-stack, agentStackSecret: theirs}").Options!.AgentTokenSecret);
        Assert.Equal("mine", Look("{fullnameOverride: ci-stack, config: {id: mine}}").Options!.Id);
    }

    [Fact]
    public void AnIdGivenByFlagIsTheFullName()
    {
        var result = Look("{config: {}}", flags: new() { ["id"] = "ci", ["namespace"] = "buildkite" });
        Assert.Equal(("ci", "ci-secrets", "buildkite"), (result.Options!.Id, result.Options.AgentTokenSecret, result.Options.Namespace));
        Assert.Empty(result.Values!.OfTheRelease);
    }

    [Fact]
    public void VariablesOfTheControllerWinOverItsConfig()
    {
        var options = Look(
            """
            config: {max-in-flight: 7}
            controllerEnv:
              - {name: MAX_IN_FLIGHT, value: "9"}
              - {name: BUILDKITE_K8S_STACK_CONTROLLER_ID, valueFrom: {configMapKeyRef: {name: a, key: b}}}
            """).Options!;
        Assert.Equal((9, ""), (options.MaxInFlight, options.Id));
    }

    [Fact]
    public void NullTakesADefaultOfTheChartAway() => Assert.Equal(0, Look("{config: {reservation-expiry-seconds: null}}").Options!.ReservationExpirySeconds);

    [Fact]
    public void WhatIsWrongInItsConfigIsNamed()
    {
        var problem = Assert.Single(Look($"{{agentToken: {Token}, config: {{max-in-flght: 3}}}}").Problems);
        Assert.Equal(("max-in-flght", "write max-in-flight, or remove the key"), (problem.Key, problem.Remedy));
    }

    [Fact]
    public void ANodeRefusesItAndNeverShowsTheToken()
    {
        var result = ConfigurationLoader.Merge(
            $"{{agentToken: {Token}, config: {{}}}}", "values.yaml", new Dictionary<string, string>(), new Dictionary<string, string?>());
        var problem = Assert.Single(result.Problems);
        Assert.Equal("values.yaml is a values file of the Helm chart, not a configuration", problem.Problem);
        Assert.DoesNotContain(Token, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatOnlyANodeNeedsMayBeMissingWhereItIsLookedAt()
    {
        const string File = "cluster-seeds: 'a:4053'\ncluster-tls-cert-file: /nowhere/a\ncluster-tls-key-file: /nowhere/b\ncluster-tls-ca-file: /nowhere/c";
        Assert.Empty(Look(File).Problems);
        Assert.Equal("cluster-host", Configured.Refused(File).Key);
    }

    private static ConfigurationResult Look(string file, Dictionary<string, string?>? flags = null) =>
        ConfigurationLoader.Merge(file, "values.yaml", new Dictionary<string, string>(), flags ?? [], ConfigurationUse.Look);
}
