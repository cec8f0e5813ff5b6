using Scheduler.Chaos.World;
using Scheduler.Testing.Envtest;
using Xunit.Abstractions;

namespace Scheduler.Chaos;

/// <summary>Three scheduler processes on a real API server while everything fails that can. How long and what: <see cref="ChaosSettings"/>.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    /// <summary>For the start and the end of a run.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    [RealClusterFact]
    public async Task WhateverFailsTheLimitHoldsAndEveryJobRunsOnce()
    {
        var settings = ChaosSettings.FromEnvironment();
        var folder = Directory.CreateTempSubdirectory("chaos-").FullName;
        using var log = new ChaosLog(output, settings.LogFile ?? Path.Combine(folder, "chaos.log"));
        using var deadline = new CancellationTokenSource(settings.Duration + Margin);
        log.Write($"seed {settings.Seed}, {settings.Duration:c} of faults; log {log.Path}, other logs in {folder}");

        await using var world = await ChaosWorld.StartAsync(folder, settings.Id, log, deadline.Token);
        var (campaign, aftermath) = (new Campaign(world, settings), new Aftermath(world));
        await using (new Load(world.Buildkite))
        {
            await campaign.RunAsync(deadline.Token);
        }

        await world.HealAsync(deadline.Token);
        await aftermath.RunAsync(deadline.Token);
        var summary = Summary.Of(world, campaign, aftermath);
        Report(log, world, summary);
        Assert.True(
            !campaign.Failures.Concat(summary.Problems()).Any(),
            $"{string.Join("; ", campaign.Failures.Concat(summary.Problems()))}. Seed {settings.Seed}; logs in {folder} and {world.Plane.Folder}");
    }

    private static void Report(ChaosLog log, ChaosWorld world, Summary summary)
    {
        foreach (var kind in summary.Faults.GroupBy(record => record.Fault.Name).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var times = kind.Select(record => record.Recovery.TotalSeconds).Order().ToArray();
            log.Write($"{kind.Key}: {times.Length} times, jobs flowed again after {times[times.Length / 2]:F1} s, at worst {times[^1]:F1} s");
        }

        foreach (var job in world.Buildkite.Observer.Jobs().Where(Summary.IsFailed).Take(20))
        {
            log.Write($"job {job.Id} failed: {job.State} {job.Facts.ExitStatus} {job.Facts.SignalReason} {job.Facts.Detail}");
        }

        foreach (var rule in summary.BrokenRules.Take(20))
        {
            log.Write($"broken rule: {rule}");
        }

        log.Write($"processes that ended by themselves: {world.Nodes.Sum(node => node.UnexpectedEnds)}");
        log.Write($"{summary}");
    }
}
