using System.Diagnostics;
using Scheduler.Chaos.World;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Buildkite.Faults;

namespace Scheduler.Chaos.Faults;

/// <summary>What befalls the servers that the scheduler lives on.</summary>
internal static class ServerFaults
{
    /// <summary>Agents are left alone: a lost answer to an acquire ends the job, whatever the scheduler does.</summary>
    private static readonly BuildkiteEndpoint[] StackCalls =
    [
        BuildkiteEndpoint.RegisterStack,
        BuildkiteEndpoint.ListScheduledJobs,
        BuildkiteEndpoint.ReserveJobs,
        BuildkiteEndpoint.GetJob,
        BuildkiteEndpoint.GetJobStates,
        BuildkiteEndpoint.FinishJob,
        BuildkiteEndpoint.Notify,
    ];

    public static IEnumerable<Fault> All =>
    [
        new("kill one API server", FaultKind.Kill, (world, dice, ct) => RestartApiServersAsync(world, [dice.ApiServer(world)], ct)),
        new("kill all API servers", FaultKind.Kill, (world, _, ct) => RestartApiServersAsync(world, AllApiServers(world), ct)),
        new("freeze one API server", FaultKind.Stall, (world, dice, ct) =>
            PauseApiServersAsync(world, [dice.ApiServer(world)], dice.Seconds(5, 15), ct)),
        new("freeze all API servers", FaultKind.Stall, (world, dice, ct) => PauseApiServersAsync(world, AllApiServers(world), dice.Seconds(5, 15), ct)),
        new("freeze the store", FaultKind.Stall, (world, dice, ct) => PauseStoreAsync(world, dice.Seconds(3, 15), ct)),
        new("freeze the store and kill the limiter's node", FaultKind.Kill, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            var (time, absence) = (dice.Seconds(3, 12), dice.Absence());
            var pausing = PauseStoreAsync(world, time, ct);
            world.Log.Write($"  SIGKILL {world.Nodes[limiter].Name}, back after {absence.TotalSeconds} s");
            await world.Nodes[limiter].KillAsync(absence, ct);
            await pausing;
        }),
        new("the store has a slow disk", FaultKind.Slowness, (world, dice, ct) => SlowStoreAsync(world, dice, dice.Seconds(8, 20), ct)),
        new("the API servers are 100 ms away", FaultKind.Slowness, async (world, dice, ct) =>
        {
            var time = dice.Seconds(10, 25);
            world.Log.Write($"  every byte between nodes and API servers takes 50 ms for {time.TotalSeconds} s");
            world.SetDistance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(time, ct);
            world.SetDistance(TimeSpan.Zero);
        }),
        new("freeze the API servers and kill the limiter's node", FaultKind.Kill, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            var (time, absence) = (dice.Seconds(3, 10), dice.Absence());
            var pausing = PauseApiServersAsync(world, AllApiServers(world), time, ct);
            world.Log.Write($"  SIGKILL {world.Nodes[limiter].Name}, back after {absence.TotalSeconds} s");
            await world.Nodes[limiter].KillAsync(absence, ct);
            await pausing;
        }),
        new("Buildkite answers 500", FaultKind.Outage, (world, dice, ct) =>
            HarmBuildkiteAsync(world, "answers 500", [new BuildkiteFault { Status = 500 }], dice.Seconds(5, 20), ct)),
        new("Buildkite answers nothing", FaultKind.Outage, (world, dice, ct) =>
            HarmBuildkiteAsync(
                world, "answers nothing", [new BuildkiteFault { Delay = TimeSpan.FromSeconds(30), Status = 503 }], dice.Seconds(5, 20), ct)),
        new("Buildkite does what stacks ask, and every other answer is lost", FaultKind.Outage, (world, dice, ct) =>
            HarmBuildkiteAsync(
                world,
                "loses every other answer to a stack",
                StackCalls.Select(call => new BuildkiteFault { Endpoint = call, Reset = ConnectionReset.AfterEffect, Probability = 0.5 }),
                dice.Seconds(5, 20),
                ct)),
    ];

    private static int[] AllApiServers(ChaosWorld world) => [.. Enumerable.Range(0, world.Plane.Endpoints.Length)];

    private static async Task RestartApiServersAsync(ChaosWorld world, int[] servers, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(servers.Select(server => world.Plane.RestartApiServerAsync(server, cancellationToken)));
        world.Log.Write($"  {Named(servers)} killed; answers again after {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task PauseApiServersAsync(ChaosWorld world, int[] servers, TimeSpan time, CancellationToken cancellationToken)
    {
        world.Log.Write($"  SIGSTOP of {Named(servers)} for {time.TotalSeconds} s");
        await Task.WhenAll(servers.Select(server => world.Plane.PauseApiServerAsync(server, cancellationToken)));
        await Task.Delay(time, cancellationToken);
        await Task.WhenAll(servers.Select(server => world.Plane.ResumeApiServerAsync(server, cancellationToken)));
    }

    /// <summary>The API servers answer for themselves, and what they are asked to write may be written after they have said time-out.</summary>
    private static async Task PauseStoreAsync(ChaosWorld world, TimeSpan time, CancellationToken cancellationToken)
    {
        world.Log.Write($"  SIGSTOP of etcd for {time.TotalSeconds} s");
        await world.Plane.PauseStoreAsync(cancellationToken);
        await Task.Delay(time, cancellationToken);
        await world.Plane.ResumeStoreAsync(cancellationToken);
    }

    /// <summary>etcd stands still again and again, as while it waits for a disk.</summary>
    private static async Task SlowStoreAsync(ChaosWorld world, Random dice, TimeSpan time, CancellationToken cancellationToken)
    {
        world.Log.Write($"  etcd stutters for {time.TotalSeconds} s");
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            await world.Plane.PauseStoreAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(100, 900)), cancellationToken);
            await world.Plane.ResumeStoreAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(20, 200)), cancellationToken);
        }
    }

    private static string Named(int[] servers) => $"API server {string.Join(" and ", servers)}";

    private static async Task HarmBuildkiteAsync(
        ChaosWorld world, string how, IEnumerable<BuildkiteFault> faults, TimeSpan time, CancellationToken cancellationToken)
    {
        world.Log.Write($"  Buildkite {how} for {time.TotalSeconds} s");
        foreach (var fault in faults)
        {
            world.Buildkite.Faults.Add(fault);
        }

        await Task.Delay(time, cancellationToken);
        world.Buildkite.Faults.Clear();
    }
}
