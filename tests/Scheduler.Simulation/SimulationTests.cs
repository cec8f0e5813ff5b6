using System.Globalization;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Rules;
using Scheduler.Simulation.Running;
using Xunit.Abstractions;

namespace Scheduler.Simulation;

/// <summary>
/// The promises of DESIGN.md against an adversary. <c>SCHEDULER_SIM_SEEDS=N</c> runs N seeds, <c>SCHEDULER_SIM_FIRST=N</c>
/// begins with another than the first, <c>SCHEDULER_SIM_SEED=N</c> runs one and prints all that happens in it.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const long DefaultSeeds = 4_000;

    [Fact]
    public void NoFaultBreaksAPromise()
    {
        var rules = new SafetyRules();
        if (Setting("SCHEDULER_SIM_SEED") is { } one)
        {
            var replay = Simulator.Run(new Plan(one), rules, traced: true);
            Say(string.Join('\n', replay.Trace));
            Assert.True(replay.Broken is null, replay.Broken);
            return;
        }

        var count = Setting("SCHEDULER_SIM_SEEDS") ?? DefaultSeeds;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (failed, steps) = Campaign.Run(Setting("SCHEDULER_SIM_FIRST") ?? 1, count, rules, count > DefaultSeeds ? Say : null);
        Assert.True(failed is null, failed is null ? "" : Report.Of(failed, rules));
        Say($"{count:N0} seeds, {steps:N0} steps, {clock.Elapsed.TotalSeconds:N1} s: no promise broken");
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("SCHEDULER_SIM_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, text + '\n');
        }
    }

    private static long? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
