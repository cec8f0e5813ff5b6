using System.Collections.Immutable;
using System.Text.Json;
using k8s;
using k8s.Models;
using Scheduler.Buildkite;
using Scheduler.Checking;
using Scheduler.Demo;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Connection;
using Scheduler.Running;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Tests.Checking;

/// <summary><c>scheduler check</c> on the sandbox, with all well and with each thing that can be wrong.</summary>
public sealed class CheckTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(1));
    private SandboxWorld _world = null!;

    public async Task InitializeAsync() =>
        _world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromMilliseconds(50) }, _deadline.Token);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task WhereAllIsWellNothingFailsAndNothingIsRegistered()
    {
        var (exitCode, report) = await CheckAsync("");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(Lines(report), line => line.StartsWith("fail", StringComparison.Ordinal));
        Assert.Contains("ok permission create jobs.batch: allowed in namespace default", Lines(report));
        Assert.Contains("ok agent token: secret default/buildkite-agent-token has one", Lines(report));
        Assert.Contains(Lines(report), line => line.StartsWith("warn buildkite queue _default: unchecked", StringComparison.Ordinal));
        Assert.Equal((25, 0, 25), (Plan(report, "limit"), Plan(report, "adopts"), Plan(report, "freeTokens")));
        Assert.Equal((0, 0), (_world.Buildkite.Observer.Calls(BuildkiteEndpoint.RegisterStack), _world.Kubernetes.RequestsOf("create", "jobs")));
    }

    [Fact]
    public async Task JobsInKubernetesAndAtBuildkiteAreCounted()
    {
        await RegisterAsync();
        await _world.Buildkite.EnqueueManyAsync(3, new NewJob(), _deadline.Token);
        await _world.Buildkite.EnqueueAsync(new NewJob { Rules = ["os=windows"] }, _deadline.Token);
        await UnfinishedJobAsync();
        var (exitCode, report) = await CheckAsync("max-in-flight: 5");
        Assert.Equal(0, exitCode);
        Assert.Contains("ok buildkite queue _default: found, and not paused", Lines(report));
        Assert.Equal((1, 4, 3), (Plan(report, "adopts"), Plan(report, "freeTokens"), Plan(report, "waiting")));
    }

    [Fact]
    public async Task APausedQueueIsAWarning()
    {
        await RegisterAsync();
        await _world.Buildkite.PauseQueueAsync("default", _deadline.Token);
        var (exitCode, report) = await CheckAsync("");
        Assert.Equal(0, exitCode);
        Assert.Contains("warn buildkite queue _default: found, and paused: nothing starts", Lines(report));
    }

    [Fact]
    public async Task EachPermissionIsAskedForWhereItIsNeeded()
    {
        var (_, report) = await CheckAsync("cluster-namespace: kube-system");
        Assert.Contains("ok permission create jobs.batch: allowed in namespace default", Lines(report));
        Assert.Contains("ok permission update leases.coordination.k8s.io: allowed in namespace kube-system", Lines(report));
        Assert.Single(Lines(report), line => line.StartsWith("ok permission list pods:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AMissingPermissionIsNamedWithTheRuleThatGrantsIt()
    {
        _world.Kubernetes.Faults.Deny("update", "leases");
        _world.Kubernetes.Faults.Deny("list", "jobs");
        var (exitCode, report) = await CheckAsync("");
        Assert.Equal(1, exitCode);
        Assert.Equal(["permission list jobs.batch", "permission update leases.coordination.k8s.io", "jobs"], Failed(report));
        Assert.Contains(
            "apiGroups: [\"coordination.k8s.io\"], resources: [\"leases\"], verbs: [\"update\"]", Remedies(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent-token-secret: another", "agent token")]
    [InlineData("namespace: nowhere", "namespace nowhere", "agent token")]
    [InlineData("queue: unheard-of", "buildkite queue unheard-of")]
    public async Task WhatTheConfigurationNamesMustBeThere(string configuration, params string[] failed)
    {
        await RegisterAsync();
        var (exitCode, report) = await CheckAsync(configuration);
        Assert.Equal(1, exitCode);
        Assert.Equal(failed, Failed(report));
    }

    [Fact]
    public async Task ARejectedTokenIsNeverShown()
    {
        _world.Buildkite.Faults.TokenRevoked = true;
        var (exitCode, report) = await CheckAsync("");
        Assert.Equal(1, exitCode);
        Assert.Equal(["buildkite token"], Failed(report));
        Assert.DoesNotContain(_world.Buildkite.Token, report.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnreachableBuildkiteIsAFailure()
    {
        var (exitCode, report) = await CheckAsync("agent-config: {endpoint: \"http://127.0.0.1:1/v3\"}");
        Assert.Equal(1, exitCode);
        Assert.Equal(["buildkite"], Failed(report));
        Assert.Contains("agent-config.endpoint", Remedies(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnreachableKubernetesIsAFailureAndTheRestIsSaidToBeUnchecked()
    {
        var text = await File.ReadAllTextAsync(_world.Kubeconfig, _deadline.Token);
        var elsewhere = Path.GetTempFileName();
        await File.WriteAllTextAsync(elsewhere, text.Replace(_world.Kubernetes.Endpoint.Authority, "127.0.0.1:1", StringComparison.Ordinal), _deadline.Token);
        var (exitCode, report) = await CheckAsync("", elsewhere);
        File.Delete(elsewhere);
        Assert.Equal(1, exitCode);
        Assert.Equal(["kubernetes"], Failed(report));
        Assert.Contains("warn buildkite: unchecked, since there is no token to ask with", Lines(report));
    }

    [Fact]
    public async Task AllProblemsOfTheConfigurationAreSaidAtOnce()
    {
        var (exitCode, report) = await CheckAsync("{max-in-flight: -1, job-ttl: soon, namespce: x}");
        Assert.Equal(1, exitCode);
        Assert.Equal(["configuration", "configuration", "configuration"], Failed(report));
        Assert.Equal(0, report.GetProperty("plan").GetArrayLength());
    }

    /// <summary>As in the chart's ConfigMap, looked at from an operator's machine.</summary>
    [Fact]
    public async Task WhatOnlyAPodHasIsUncheckedElsewhere()
    {
        const string File = "cluster-seeds: 'ci-0.ci-nodes:4053'\ncluster-tls-cert-file: /nowhere/tls.crt\ncluster-tls-key-file: /nowhere/tls.key\ncluster-tls-ca-file: /nowhere/ca.crt";
        var (exitCode, report) = await CheckAsync(File);
        Assert.Equal(0, exitCode);
        Assert.Contains("warn cluster-host: unchecked: it is each node's own, and is not set here", Lines(report));
        Assert.Contains("warn tls between nodes: unchecked: /nowhere/tls.crt is not on this machine", Lines(report));
        (exitCode, report) = await CheckAsync(File, inPod: true);
        Assert.Equal((1, "cluster-host, tls between nodes"), (exitCode, string.Join(", ", Failed(report))));
    }

    [Fact]
    public async Task OfAValuesFileTheReleaseDecidesNamespaceIdAndSecret()
    {
        var (_, report) = await CheckAsync($"{{agentToken: bkct_secret, config: {{agent-config: {{endpoint: '{_world.Buildkite.Endpoint}'}}}}}}");
        Assert.Contains("ok file: test.yaml is a values file of the Helm chart: its config is read, with the chart's defaults", Lines(report));
        Assert.Contains(Lines(report), line => line.StartsWith("warn file: the release decides namespace, id, agent-token-secret", StringComparison.Ordinal));
        Assert.Contains("--namespace NAMESPACE --id FULLNAME", Remedies(report), StringComparison.Ordinal);
        Assert.DoesNotContain("bkct_secret", report.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReservationThatEndsWhileAPodMayBePendingIsAWarning()
    {
        var (exitCode, report) = await CheckAsync("pod-pending-timeout: 1h");
        Assert.Equal(0, exitCode);
        Assert.Contains(Lines(report), line => line.StartsWith("warn configuration: pod-pending-timeout 1h is longer than a job stays reserved (15m)", StringComparison.Ordinal));
        Assert.Contains("set reservation-expiry-seconds to 3600", Remedies(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PeopleGetLinesWithRemedies()
    {
        _world.Kubernetes.Faults.Deny("get", "podtemplates");
        var output = new StringWriter();
        var options = new CheckOptions(_world.Kubeconfig, TimeSpan.FromSeconds(10), Json: false);
        Assert.Equal(1, await CheckRun.RunAsync(Configuration(""), options, output, TextWriter.Null, _deadline.Token));
        Assert.Contains(
            "FAIL  permission get podtemplates: not allowed in namespace default; it is needed for steps that name a podTemplate\n"
            + "      > add to the controller's Role: apiGroups: [\"\"], resources: [\"podtemplates\"], verbs: [\"get\"]\n",
            output.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("scheduler run would\n      register the stack agent-stack-k8s at Buildkite\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nnot ready: ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASingleNodeNeedsNoTls() =>
        Assert.Contains("ok tls between nodes: not needed: a single node, which only this machine reaches", Lines((await CheckAsync("")).Report));

    [Fact]
    public async Task SeveralNodesWithoutTlsAreAWarning()
    {
        var (exitCode, report) = await CheckAsync($"{Two}\ncluster-tls: none");
        Assert.Equal(0, exitCode);
        Assert.Contains(Lines(report), line => line.StartsWith("warn configuration: cluster-tls is none", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheNodesOwnAuthorityIsLookedAtAndNotMade()
    {
        Assert.Contains(
            "ok tls between nodes: secret default/agent-stack-k8s-remoting-tls does not exist yet; the first node makes it", Lines((await CheckAsync(Two)).Report));
        Assert.Equal(0, _world.Kubernetes.RequestsOf("create", "secrets"));

        await SecretAsync(("ca.crt", "nonsense"), ("ca.key", "nonsense"));
        var (exitCode, report) = await CheckAsync(Two);
        Assert.Equal(1, exitCode);
        Assert.Equal(["tls between nodes"], Failed(report));
    }

    [Fact]
    public async Task TheRightToMakeTheAuthorityIsNeededOnlyWhereThereIsOne()
    {
        _world.Kubernetes.Faults.Deny("create", "secrets");
        Assert.Equal(0, (await CheckAsync("")).ExitCode);
        Assert.Equal(["permission create secrets"], Failed((await CheckAsync(Two)).Report));
    }

    /// <summary>What is wrong with a certificate is tested where certificates are.</summary>
    [Fact]
    public async Task FilesThatAreMissingAreAFailure()
    {
        var (exitCode, report) = await CheckAsync($"{Two}\ncluster-tls-cert-file: /no/tls.crt\ncluster-tls-key-file: /no/tls.key\ncluster-tls-ca-file: /no/ca.crt", inPod: true);
        Assert.Equal(1, exitCode);
        Assert.Equal(["tls between nodes"], Failed(report));
        Assert.Contains("cluster-tls-cert-file", Remedies(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnInterruptionEndsIt()
    {
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();
        var errors = new StringWriter();
        var options = new CheckOptions(_world.Kubeconfig, TimeSpan.FromSeconds(10), Json: false);
        Assert.Equal(1, await CheckRun.RunAsync(Configuration(""), options, TextWriter.Null, errors, interrupted.Token));
        Assert.Equal("interrupted before everything was checked\n", errors.ToString());
    }

    private async Task<(int ExitCode, JsonElement Report)> CheckAsync(string configuration, string? kubeconfig = null, bool inPod = false)
    {
        var output = new StringWriter();
        var options = new CheckOptions(kubeconfig ?? _world.Kubeconfig, TimeSpan.FromSeconds(10), Json: true) { InPod = inPod };
        var exitCode = await CheckRun.RunAsync(Configuration(configuration), options, output, TextWriter.Null, _deadline.Token);
        var report = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(exitCode == 0, report.GetProperty("ok").GetBoolean());
        return (exitCode, report);
    }

    private const string Two = "cluster-host: 127.0.0.1\ncluster-seeds: 127.0.0.1:4053";

    private Task SecretAsync(params (string Key, string Value)[] data) => _world.Kubernetes.CreateSecretAsync(
        SandboxWorld.Namespace, "agent-stack-k8s-remoting-tls", data.ToDictionary(pair => pair.Key, pair => pair.Value), _deadline.Token);

    private async Task RegisterAsync()
    {
        var options = Configuration("").Options!;
        using var api = StacksClient.Create(StackNames.Client(options, _world.Buildkite.Token));
        await api.RegisterAsync(StackNames.Registration(options), _deadline.Token);
    }

    /// <summary>A suspended Job never ends.</summary>
    private async Task UnfinishedJobAsync()
    {
        using var client = KubernetesConnection.Connect(_world.Kubeconfig);
        var uuid = Guid.NewGuid();
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"former-prefix-{uuid}",
                Labels = new Dictionary<string, string> { ["buildkite.com/job-uuid"] = $"{uuid}" },
            },
            Spec = new V1JobSpec
            {
                Suspend = true,
                Template = new V1PodTemplateSpec
                {
                    Spec = new V1PodSpec { RestartPolicy = "Never", Containers = [new V1Container { Name = "main", Image = "image" }] },
                },
            },
        };
        await client.BatchV1.CreateNamespacedJobAsync(job, SandboxWorld.Namespace, cancellationToken: _deadline.Token);
    }

    private ConfigurationResult Configuration(string text)
    {
        var endpoint = $"agent-config: {{endpoint: \"{_world.Buildkite.Endpoint}\"}}\n";
        return ConfigurationLoader.Merge(
            text.StartsWith('{') ? text : endpoint + text,
            "test.yaml",
            ImmutableDictionary<string, string>.Empty,
            ImmutableDictionary<string, string?>.Empty,
            ConfigurationUse.Look);
    }

    private static IEnumerable<string> Lines(JsonElement report) => report.GetProperty("checks").EnumerateArray()
        .Select(line => $"{line.GetProperty("level").GetString()} {line.GetProperty("what").GetString()}: {line.GetProperty("finding").GetString()}");

    private static IEnumerable<string?> Failed(JsonElement report) => report.GetProperty("checks").EnumerateArray()
        .Where(line => line.GetProperty("level").GetString() == "fail")
        .Select(line => line.GetProperty("what").GetString());

    private static string Remedies(JsonElement report) => string.Join('\n', report.GetProperty("checks").EnumerateArray()
        .Where(line => line.TryGetProperty("remedy", out _))
        .Select(line => line.GetProperty("remedy").GetString()));

    private static int Plan(JsonElement report, string name) => report.GetProperty("plan").EnumerateArray()
        .Single(line => line.GetProperty("name").GetString() == name).GetProperty("value").GetInt32();
}
