using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Rules;
using Scheduler.Simulation.Running;
using Xunit.Abstractions;

namespace Scheduler.Simulation;

/// <summary>The proof that the simulation can fail: with any one safety rule turned off a promise is broken soon.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const long Seeds = 10_000;

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
        nameof(AStaleSnapshotOverrides),
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
