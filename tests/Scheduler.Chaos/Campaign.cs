using System.Diagnostics;
using Scheduler.Chaos.Faults;
using Scheduler.Chaos.World;
using Scheduler.Testing.Processes;

namespace Scheduler.Chaos;

/// <summary>One fault after the other while jobs run; after each, jobs must flow again.</summary>
internal sealed class Campaign(ChaosWorld world, ChaosSettings settings)
{
    /// <summary>So many new Jobs mean that work goes on.</summary>
    private const int Flow = ChaosWorld.Limit * 3 / 2;

    /// <summary>A cluster that is stuck stays so; a slow recovery on a busy machine is only reported.</summary>
    private static readonly TimeSpan FlowPatience = TimeSpan.FromMinutes(3);

    /// <summary>No fault takes longer; what holds it up is a failure.</summary>
    private static readonly TimeSpan FaultPatience = TimeSpan.FromMinutes(4);

    private readonly List<FaultRecord> _records = [];
    private readonly List<string> _failures = [];

    public IReadOnlyList<FaultRecord> Records => _records;

    /// <summary>What went wrong for good; empty if nothing did.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await FlowsAsync("the start", cancellationToken))
        {
            return;
        }

        var dice = new Random(settings.Seed);
        var plan = new FaultPlan([.. FaultsHere()], dice);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < settings.Duration && _failures.Count == 0)
        {
            await StrikeAsync(plan.Next(), dice, cancellationToken);
            await Task.Delay(dice.Seconds(1, 5), cancellationToken);
        }
    }

    /// <summary>Processes die more often than networks are cut, so those faults are there twice.</summary>
    private IEnumerable<Fault> FaultsHere() =>
    [
        .. ProcessFaults.All,
        .. ProcessFaults.All,
        .. ServerFaults.All,
        .. world.Network.CannotCutBecause is null ? NetworkFaults.All : [],
        .. world.Network.CannotLosePacketsBecause is null ? NetworkFaults.Losses : [],
        .. SteppableClock.CannotBeSetBecause is null ? ClockFaults.All : [],
    ];

    private async Task StrikeAsync(Fault fault, Random dice, CancellationToken cancellationToken)
    {
        world.Log.Write($"fault {_records.Count + 1}: {fault.Name}");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(FaultPatience);
        try
        {
            await fault.StrikeAsync(world, dice, deadline.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Fail($"{fault.Name}: {error.Message}");
            await world.HealAsync(cancellationToken);
            return;
        }

        var since = Stopwatch.StartNew();
        await FlowsAsync(fault.Name, cancellationToken);
        _records.Add(new FaultRecord(fault, since.Elapsed));
    }

    private async Task<bool> FlowsAsync(string after, CancellationToken cancellationToken)
    {
        var before = world.Judge.Current.Jobs;
        if (await Patience.UntilAsync(() => world.Judge.Current.Jobs >= before + Flow, FlowPatience, cancellationToken) is not { } time)
        {
            Fail($"{world.Judge.Current.Jobs - before} new Jobs in {FlowPatience.TotalSeconds} s after {after}");
            return false;
        }

        var verdict = world.Judge.Current;
        world.Log.Write(
            $"  {Flow} new Jobs within {time.TotalSeconds:F1} s; {verdict.Unfinished} unfinished, peak {verdict.Peak}, {verdict.Jobs} Jobs so far");
        return true;
    }

    private void Fail(FormattableString why)
    {
        world.Log.Write(why);
        _failures.Add(FormattableString.Invariant(why));
    }
}
