using System.Globalization;
using Scheduler.Demo;
using Scheduler.Testing.Networking;

namespace Scheduler.Benchmarks;

/// <summary>
/// How long no new Job is created when nodes go, while slots are free and jobs wait: three scheduler processes with default
/// settings on the sandbox, judged by the sandbox. What is started again is started only after the time has been taken.
/// </summary>
internal static class FailoverMeasurement
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>A cut node goes on by itself until it is found out.</summary>
    private static readonly TimeSpan NoticeOfCut = TimeSpan.FromSeconds(15);

    /// <param name="runs">Of each scenario.</param>
    /// <param name="only">Words of which a scenario's name must contain one; empty = all scenarios.</param>
    /// <param name="output">Where the figures go.</param>
    public static async Task RunAsync(int runs, string[] only, TextWriter output)
    {
        await using var network = await NodeNetwork.CreateAsync(FailoverCluster.Nodes, CancellationToken.None);
        await using var world = await SandboxWorld.StartAsync(
            new SandboxOptions { Address = network.Host, JobDuration = TimeSpan.FromMilliseconds(500) }, CancellationToken.None);
        world.Kubernetes.Observer.Limit = FailoverCluster.Limit;
        await using var cluster = await FailoverCluster.StartAsync(world, network);
        await output.WriteLineAsync($"three nodes, {runs} runs each; logs in {cluster.Folder}");
        await ScenarioAsync("SIGTERM of the node with the limiter", () => cluster.StopLimiterAsync());
        await ScenarioAsync("SIGKILL of the node with the limiter", () => cluster.KillAsync(1));
        await ScenarioAsync("SIGKILL of two of three, the limiter's among them", () => cluster.KillAsync(2));
        if (network.CannotCutBecause is { } reason)
        {
            await output.WriteLineAsync($"no partitions here: {reason}");
        }
        else
        {
            await ScenarioAsync("partition between the node with the limiter and the two others", () => cluster.CutLimiterOffAsync(), atLeast: NoticeOfCut);
        }

        await output.WriteLineAsync($"limit exceeded: {world.Kubernetes.Observer.Current.LimitExceeded}");

        async Task ScenarioAsync(string name, Func<Task> accident, TimeSpan atLeast = default)
        {
            if (only.Length > 0 && !only.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return;
            }

            var gaps = new List<double>();
            for (var run = 0; run < runs; run++)
            {
                await cluster.SettleAsync(Patience);
                var gap = await CreationGap.MeasureAsync(world.Kubernetes.Observer, accident, atLeast, Patience);
                gaps.Add(gap.TotalSeconds);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {name}: {gap.TotalSeconds:F2} s"));
                await cluster.RepairAsync();
            }

            gaps.Sort();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: median {gaps[gaps.Count / 2]:F2} s, best {gaps[0]:F2} s, worst {gaps[^1]:F2} s without a new Job"));
        }
    }
}
