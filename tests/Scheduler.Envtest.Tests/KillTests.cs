using k8s;
using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Observing;
using Scheduler.Testing.Processes;
using Xunit.Abstractions;

namespace Scheduler.Envtest.Tests;

/// <summary>The scheduler as a process on a real API server, killed in the middle of its work.</summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Jobs = 300;
    private const int Limit = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private ControlPlane _plane = null!;
    private BuildkiteServer _buildkite = null!;
    private Kubelet _kubelet = null!;
    private JobJudge _judge = null!;

    public async Task InitializeAsync()
    {
        if (!EnvtestAssets.HasControllerManager)
        {
            return;
        }

        _plane = await ControlPlane.StartAsync(withJobController: true, _deadline.Token);
        _buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), _deadline.Token);
        _kubelet = Kubelet.Start(new KubeletOptions
        {
            Cluster = _plane.ClientConfiguration(),
            AgentToken = _buildkite.Token,
            JobDuration = TimeSpan.FromMilliseconds(500),
        });
        _judge = await JobJudge.StartAsync(_plane.ClientConfiguration(), "default", _deadline.Token);
        using var client = new k8s.Kubernetes(_plane.ClientConfiguration());
        await client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = "buildkite-agent-token" },
                StringData = new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = _buildkite.Token },
            },
            "default",
            cancellationToken: _deadline.Token);
    }

    public void Dispose() => _deadline.Dispose();

    public async Task DisposeAsync()
    {
        if (_plane is not null)
        {
            await _judge.DisposeAsync();
            await _kubelet.DisposeAsync();
            await _buildkite.DisposeAsync();
            await _plane.DisposeAsync();
        }
    }

    [RealClusterFact]
    public async Task KilledTwiceTheSchedulerStaysUnderItsLimitAndRunsEveryJobOnce()
    {
        await _buildkite.EnqueueManyAsync(Jobs, new NewJob(), _deadline.Token);
        foreach (var ended in (int[])[Jobs / 4, Jobs / 2, Jobs])
        {
            await using var scheduler = Start();
            await UntilAsync($"{ended} jobs ended", () => Ended >= ended, scheduler);
            if (ended < Jobs)
            {
                await scheduler.KillAsync(_deadline.Token);
            }
            else
            {
                await UntilAsync("no Job is unfinished", () => _judge.Current.Unfinished == 0, scheduler);
                await AssertNoTokenIsLostAsync(scheduler);
                Assert.Equal(0, await scheduler.StopAsync(_deadline.Token));
            }
        }

        var verdict = _judge.Current;
        output.WriteLine($"{verdict}; see {_plane.Folder}");
        Assert.Null(verdict.Failure);
        Assert.Equal((Jobs + Limit, 0), (verdict.Jobs, verdict.Duplicated));
        Assert.Equal(Limit, verdict.Peak);
        Assert.Equal(0, _buildkite.Observer.Duplicates);
        Assert.Empty(_buildkite.Observer.Violations);
        Assert.All(_buildkite.Observer.Jobs(), job => Assert.Equal(0, job.Facts.ExitStatus));
    }

    private int Ended => _buildkite.Observer.Count(JobState.Finished);

    /// <summary>All tokens are free again: as many jobs as the limit allows can run at once.</summary>
    private async Task AssertNoTokenIsLostAsync(SchedulerProcess scheduler)
    {
        var more = await _buildkite.EnqueueManyAsync(Limit, new NewJob(), _deadline.Token);
        await UntilAsync($"{more.Count} more jobs ended", () => Ended >= Jobs + more.Count, scheduler);
    }

    private SchedulerProcess Start()
    {
        var config = Path.Combine(_plane.Folder, "scheduler.yaml");
        File.WriteAllText(
            config,
            $"""
            max-in-flight: {Limit}
            agent-config:
              endpoint: {_buildkite.Endpoint}
            """);
        return SchedulerProcess.Start(
            ["run", "--config", config],
            new Dictionary<string, string> { ["KUBECONFIG"] = _plane.Kubeconfig },
            Path.Combine(_plane.Folder, "scheduler.log"));
    }

    private async Task UntilAsync(string what, Func<bool> condition, SchedulerProcess scheduler)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            Assert.False(scheduler.HasExited, $"the scheduler ended while waiting until {what}; see {_plane.Folder}");
            Assert.False(_deadline.IsCancellationRequested, $"not in {Patience}: {what}; {_judge.Current}, {Ended} ended; see {_plane.Folder}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
