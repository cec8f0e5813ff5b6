using Microsoft.Extensions.Hosting;
using Scheduler.Cluster.Hosting;
using Scheduler.Core.Jobs;
using Scheduler.Demo;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Scheduler.Running;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Waiting;

namespace Scheduler.Tests.Running;

public sealed class StartTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(1));
    private SandboxWorld _world = null!;

    public async Task InitializeAsync() =>
        _world = await SandboxWorld.StartAsync(new SandboxOptions { JobDuration = TimeSpan.FromMilliseconds(50) }, _deadline.Token);

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task ARejectedTokenEndsTheStartWithARemedy()
    {
        _world.Buildkite.Faults.TokenRevoked = true;
        var error = await Assert.ThrowsAsync<StartUpException>(() => StartAsync(Options()));
        Assert.Contains("put a valid cluster token into the secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.Buildkite.Token, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingSecretIsWaitedFor()
    {
        var starting = StartAsync(Options() with { AgentTokenSecret = "later" });
        await UntilAsync(() => _world.Kubernetes.RequestsOf("get", "secrets") > 0);
        Assert.False(starting.IsCompleted);
        await _world.Kubernetes.CreateSecretAsync(
            SandboxWorld.Namespace,
            "later",
            new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = _world.Buildkite.Token },
            _deadline.Token);
        using var host = await starting;
        await host.StopAsync();
    }

    [Fact]
    public async Task AStackThatBuildkiteForgotIsRegisteredAgain()
    {
        using var host = await StartAsync(Options());
        await _world.Buildkite.ForgetStackAsync("agent-stack-k8s", _deadline.Token);
        await _world.Buildkite.EnqueueAsync(new NewJob(), _deadline.Token);
        await UntilAsync(() => _world.Buildkite.Observer.Count(JobState.Finished) == 1);
        await host.StopAsync();
    }

    private Task<IHost> StartAsync(ControllerOptions options) =>
        ControllerHost.StartAsync(options, new NodeAddress(), _world.Kubeconfig, _deadline.Token);

    private ControllerOptions Options() => new()
    {
        AgentTokenSecret = SandboxWorld.TokenSecret,
        AgentConfig = new AgentConfig { Endpoint = _world.Buildkite.Endpoint.ToString() },
        LogLevel = SchedulerLogging.Silent,
        ManagementPort = 0,
    };

    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(condition, _deadline.Token);
}
