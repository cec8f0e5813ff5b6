using k8s;
using k8s.Models;
using Scheduler.Buildkite;
using Scheduler.Demo;
using Scheduler.Deregistering;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Connection;
using Scheduler.Running;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Tests.Deregistering;

/// <summary><c>scheduler deregister</c> on the sandbox.</summary>
public sealed class DeregisterTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private SandboxWorld _world = null!;

    public async Task InitializeAsync() => _world = await SandboxWorld.StartAsync(new SandboxOptions(), _deadline.Token);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task TheStackIsGivenBackAndASecondTimeThereIsNothingToDo()
    {
        await RegisterAsync();
        var (exitCode, output, errors) = await DeregisterAsync("id: ci");
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("deregistered: the stack ci ", output, StringComparison.Ordinal);
        Assert.Equal((0, "nothing to do: the stack ci is not registered\n", ""), await DeregisterAsync("id: ci"));
    }

    [Fact]
    public async Task WhileTheControllerRenewsItsLeaseItIsRefusedUnlessForced()
    {
        await RegisterAsync();
        using var running = new CancellationTokenSource();
        using var client = KubernetesConnection.Connect(_world.Kubeconfig);
        var lease = await client.CoordinationV1.CreateNamespacedLeaseAsync(Lease(), SandboxWorld.Namespace, cancellationToken: _deadline.Token);
        var renewals = RenewAsync(client, lease, running.Token);
        var (exitCode, output, errors) = await DeregisterAsync("id: ci");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("refused: the controller still runs (ci-0:4053_x renews the lease default/agent-stack-k8s-ci-", errors, StringComparison.Ordinal);
        Assert.Equal(0, _world.Buildkite.Observer.Calls(BuildkiteEndpoint.DeregisterStack));
        Assert.Equal(0, (await DeregisterAsync("id: ci", force: true)).ExitCode);
        await running.CancelAsync();
        await renewals;
    }

    /// <summary>It was killed: the lease still names it.</summary>
    [Fact]
    public async Task ALeaseThatNobodyRenewsDoesNotCount()
    {
        await RegisterAsync();
        using var client = KubernetesConnection.Connect(_world.Kubeconfig);
        await client.CoordinationV1.CreateNamespacedLeaseAsync(Lease(), SandboxWorld.Namespace, cancellationToken: _deadline.Token);
        Assert.Equal(0, (await DeregisterAsync("{id: ci, lease-duration: 5s, take-timeout: 2s}")).ExitCode);
    }

    [Fact]
    public async Task WhereItCannotBeToldWhetherTheControllerRunsItIsRefused()
    {
        _world.Kubernetes.Faults.Deny("get", "leases");
        var (exitCode, _, errors) = await DeregisterAsync("id: ci");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("refused: whether the controller still runs cannot be told", errors, StringComparison.Ordinal);
        Assert.EndsWith("use --force\n", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARejectedTokenAndAMissingSecretAreNamed()
    {
        _world.Buildkite.Faults.TokenRevoked = true;
        Assert.Equal((1, "", "Buildkite rejects the agent token (401); put a valid cluster token into the secret\n"), await DeregisterAsync("id: ci"));
        Assert.Contains("secret default/none (agent-token-secret) does not exist", (await DeregisterAsync("agent-token-secret: none")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAValuesFileTheReleaseMustBeNamed()
    {
        var (exitCode, _, errors) = await DeregisterAsync("{replicas: 3}");
        Assert.Equal(1, exitCode);
        Assert.EndsWith("say --namespace NAMESPACE --id FULLNAME of the one that is meant\n", errors, StringComparison.Ordinal);
        Assert.Equal(0, _world.Buildkite.Observer.Calls(BuildkiteEndpoint.DeregisterStack));
    }

    private async Task<(int ExitCode, string Output, string Errors)> DeregisterAsync(string configuration, bool force = false)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = await DeregisterRun.RunAsync(
            Configuration(configuration), new DeregisterOptions(_world.Kubeconfig, TimeSpan.FromSeconds(10), force), output, errors, _deadline.Token);
        return (exitCode, output.ToString(), errors.ToString());
    }

    private ConfigurationResult Configuration(string text) => ConfigurationLoader.Merge(
        text.Length > 0 && text[0] == '{' && !text.Contains("replicas", StringComparison.Ordinal)
            ? $"{text[..^1]}, agent-config: {{endpoint: \"{_world.Buildkite.Endpoint}\"}}}}"
            : text.StartsWith('{') ? text : $"agent-config: {{endpoint: \"{_world.Buildkite.Endpoint}\"}}\n{text}",
        "test.yaml",
        new Dictionary<string, string>(),
        new Dictionary<string, string?>(),
        ConfigurationUse.Look);

    private async Task RegisterAsync()
    {
        var options = Configuration("id: ci").Options!;
        using var api = StacksClient.Create(StackNames.Client(options, _world.Buildkite.Token));
        await api.RegisterAsync(StackNames.Registration(options), _deadline.Token);
    }

    private V1Lease Lease() => new()
    {
        Metadata = new V1ObjectMeta { Name = ClusterWiring.LimiterLease(Configuration("id: ci").Options!, "x").Name },
        Spec = new V1LeaseSpec { HolderIdentity = "ci-0:4053_x", LeaseDurationSeconds = 8, LeaseTransitions = 1, RenewTime = TimeProvider.System.GetUtcNow().UtcDateTime },
    };

    /// <summary>As a limiter does, once a second.</summary>
    private static async Task RenewAsync(k8s.Kubernetes client, V1Lease lease, CancellationToken running)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await clock.WaitForNextTickAsync(running))
            {
                lease.Spec.RenewTime = TimeProvider.System.GetUtcNow().UtcDateTime;
                lease = await client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, lease.Metadata.Name, SandboxWorld.Namespace, cancellationToken: running);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
