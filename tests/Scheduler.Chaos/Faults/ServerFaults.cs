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
        new("kill the API server", FaultKind.Kill, RestartApiServerAsync),
        new("freeze the API server", FaultKind.Stall, (world, dice, ct) => PauseApiServerAsync(world, dice.Seconds(5, 15), ct)),
        new("freeze the API server and kill the limiter's node", FaultKind.Kill, async (world, dice, ct) =>
        {
            var limiter = await dice.LimiterAsync(world, ct);
            var (time, absence) = (dice.Seconds(3, 10), dice.Absence());
            var pausing = PauseApiServerAsync(world, time, ct);
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

    private static async Task RestartApiServerAsync(ChaosWorld world, Random dice, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await world.Plane.RestartApiServerAsync(cancellationToken);
        world.Log.Write($"  the API server answers again after {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task PauseApiServerAsync(ChaosWorld world, TimeSpan time, CancellationToken cancellationToken)
    {
        world.Log.Write($"  SIGSTOP of the API server for {time.TotalSeconds} s");
        await world.Plane.PauseApiServerAsync(cancellationToken);
        await Task.Delay(time, cancellationToken);
        await world.Plane.ResumeApiServerAsync(cancellationToken);
    }

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
