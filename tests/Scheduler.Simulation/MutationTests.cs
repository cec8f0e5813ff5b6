using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;
using Scheduler.Simulation.Rules;
using Scheduler.Simulation.Running;
using Xunit.Abstractions;

namespace Scheduler.Simulation;

/// <summary>The proof that the simulation can fail: with any one safety rule turned off a promise is broken soon.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const long Seeds = 40_000;

    public static TheoryData<string> Mutations =>
    [
        nameof(AGrantOutlivesTheLease),
        nameof(NoListBeforeTheFirstGrant),
        nameof(AListBegunUnderAnOlderTermCounts),
        nameof(AReturnFreesAnAmbiguousCreate),
        nameof(AReturnByWhoDidNotClaimFreesAGrant),
        nameof(NoConfirmationOnExpiry),
        nameof(TheHolderCountsFromArrival),
        nameof(ACreateWithoutServerTimeout),
        nameof(AStaleObservationFreesAGrant),
        nameof(AHandOverWithoutDrain),
        nameof(ASilentWatchIsBelieved),
        nameof(AClaimIsAnsweredWithoutARenewal),
        nameof(TheLeaseIsNotToldOfAHigherEpoch),
        nameof(ALookDoesNotWaitForARenewal),
        nameof(NoSecondLook),
        nameof(ConfirmationsPileUp),
        nameof(AClaimIsAllowedTwice),
        nameof(OneTokenTooMany),
        nameof(TheWallClockIsNotLookedAt),
        nameof(TheHolderIgnoresItsWallClock),
        nameof(AWaitingCreateIgnoresItsWallClock),
        nameof(TheLeaseIsTakenAtOnce),
    ];

    /// <summary>Not a rule of ours but one of the API server's: without it the limit does not hold, and we say so.</summary>
    [Fact]
    public void AStoreThatCarriesOutCreatesAfterTheirTimeoutIsTheKnownGap()
    {
        var (failed, _) = Campaign.Run(1, Seeds, new SafetyRules(), with: Fault.FrozenStore);
        Assert.NotNull(failed);
        output.WriteLine($"caught at seed {failed.Plan.Seed}: {failed.Broken}");
    }

    /// <summary>
    /// A machine that is paused with both clocks after it was allowed to create, and creates when it goes on, can be stopped by
    /// the API server alone. Without that rule there this happens, and nothing else.
    /// </summary>
    [Fact]
    public void WithoutTheFenceOnlyACreatorThatStoodStillWithBothClocksBreaksAPromise()
    {
        var broken = Enumerable.Range(1, 4_000).AsParallel()
            .Select(seed => Simulator.Run(new Plan(seed) { With = Fault.ClockStop }, new NoFence()))
            .Where(outcome => outcome.Broken is not null)
            .ToList();
        Assert.NotEmpty(broken);
        Assert.All(broken, outcome => Assert.StartsWith(Promises.NamedHole, outcome.Broken, StringComparison.Ordinal));
        output.WriteLine($"{broken.Count} of 4000 seeds, such as {broken[0].Plan.Seed}: {broken[0].Broken}");
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void WithoutThisRuleAPromiseIsBroken(string mutation)
    {
        var rules = (SafetyRules)Activator.CreateInstance(typeof(SafetyRules).Assembly.GetType($"{typeof(SafetyRules).Namespace}.{mutation}", throwOnError: true)!)!;
        var (failed, _) = Campaign.Run(1, Seeds, rules);
        Assert.True(failed is not null, $"{mutation}: nothing was broken in {Seeds} seeds");
        output.WriteLine($"{mutation}: caught at seed {failed.Plan.Seed}: {failed.Broken}");
    }
}
