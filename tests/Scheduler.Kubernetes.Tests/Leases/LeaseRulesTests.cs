using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Leases;

namespace Scheduler.Kubernetes.Tests.Leases;

public sealed class LeaseRulesTests
{
    private const string Me = "me";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    [Fact]
    public void ALeaseNobodyEverSawIsMade() =>
        Assert.Equal(new LeaseDecision.Create(1), Decide(exists: false, seen: null, at: 0));

    [Fact]
    public void AForeignLeaseIsTakenOnlyOnceItHasNotChangedForItsDurationBeforeMyEyes()
    {
        var seen = Seen("other", at: 100);

        Assert.Equal(new LeaseDecision.Wait(At(108)), Decide(exists: true, seen, at: 107.999));
        Assert.Equal(new LeaseDecision.Take("v", 6), Decide(exists: true, seen, at: 108));
    }

    [Fact]
    public void ALongerPromiseOfTheHolderIsBelievedAndAShorterOneIsNot()
    {
        Assert.Equal(new LeaseDecision.Wait(At(130)), Decide(exists: true, Seen("other", at: 100, seconds: 30), at: 120));
        Assert.Equal(new LeaseDecision.Wait(At(108)), Decide(exists: true, Seen("other", at: 100, seconds: 1), at: 102));
    }

    [Fact]
    public void AFreeLeaseIsTakenAtOnce() =>
        Assert.Equal(new LeaseDecision.Take("v", 6), Decide(exists: true, Seen(holder: "", at: 100), at: 100));

    [Fact]
    public void MyOwnLeaseWhoseTermEndedIsTakenAtOnceUnderAHigherNumber() =>
        Assert.Equal(new LeaseDecision.Take("v", 6), Decide(exists: true, Seen(Me, at: 100), at: 100));

    [Fact]
    public void ADeletedLeaseIsMadeAnewOnlyOnceItsHolderHasRunOutAndUnderAHigherNumber()
    {
        var seen = Seen("other", at: 100);

        Assert.Equal(new LeaseDecision.Wait(At(108)), Decide(exists: false, seen, at: 101));
        Assert.Equal(new LeaseDecision.Create(6), Decide(exists: false, seen, at: 108));
    }

    [Fact]
    public void ALeaseThatHasForgottenTakeoversIsTakenUnderANumberAboveAllThatWereSeen()
    {
        var restored = LeaseObservation.Update(Seen("other", at: 100), Record(holder: "") with { Transitions = 2, Version = "w" }, At(101));

        Assert.Equal(new LeaseDecision.Take("w", 6), Decide(exists: true, restored, at: 101));
    }

    [Theory]
    [InlineData("11", 5, true)]
    [InlineData("11", 6, true)]
    [InlineData("11", 4, false)]
    [InlineData("9", 5, false)]
    public void AHeldLeaseIsStillHeldUnlessItsVersionOrItsCountWentBack(string version, long transitions, bool expected)
    {
        var held = Record(Me) with { Version = "10" };

        Assert.Equal(expected, LeaseRules.IsStillOurs(held, held with { Version = version, Transitions = transitions }));
        Assert.False(LeaseRules.IsStillOurs(held, held with { Version = version, Transitions = transitions, Holder = "other" }));
    }

    [Fact]
    public void SeeingTheSameVersionAgainDoesNotRestartTheWait()
    {
        var first = LeaseObservation.Update(null, Record("other"), At(1));

        Assert.Equal(At(1), LeaseObservation.Update(first, Record("other"), At(5)).SeenAt);
        Assert.Equal(At(5), LeaseObservation.Update(first, Record("other") with { Version = "w" }, At(5)).SeenAt);
    }

    [Fact]
    public void ATermCountsFromBeforeTheWriteWasSent()
    {
        var term = LeaseRules.Term(7, Clocks(10, wall: 1000), Clocks(11.5, wall: 1001.5), TimeSpan.FromSeconds(7));

        Assert.Equal(new LeaseTerm(new Epoch(7), At(17)) { ValidUntilUtc = DateTimeOffset.UnixEpoch.AddSeconds(1007) }, term);
    }

    [Fact]
    public void AMachineSuspendedDuringTheWriteFindsItsTermShortened()
    {
        var term = LeaseRules.Term(7, Clocks(10, wall: 1000), Clocks(11, wall: 1006), TimeSpan.FromSeconds(7));

        Assert.Equal(At(12), term.ValidUntil);
    }

    [Fact]
    public void AWallClockSetBackDoesNotLengthenATerm()
    {
        var term = LeaseRules.Term(7, Clocks(10, wall: 1000), Clocks(11, wall: 400), TimeSpan.FromSeconds(7));

        Assert.Equal(At(17), term.ValidUntil);
    }

    [Fact]
    public void AMachineSuspendedDuringATermFindsItEnded()
    {
        var term = LeaseRules.Term(7, Clocks(10, wall: 1000), Clocks(10, wall: 1000), TimeSpan.FromSeconds(7));

        Assert.True(term.IsValidAt(Clocks(16, wall: 1006)));
        Assert.False(term.IsValidAt(Clocks(11, wall: 1008)));
        Assert.False(term.IsValidAt(Clocks(17, wall: 1001)));
    }

    private static LeaseDecision Decide(bool exists, LeaseObservation? seen, double at) => LeaseRules.Acquire(exists, seen, Me, Duration, At(at));

    private static LeaseObservation Seen(string holder, double at, double seconds = 8) => new(Record(holder, seconds), At(at));

    private static LeaseRecord Record(string holder, double seconds = 8) => new(holder, TimeSpan.FromSeconds(seconds), Transitions: 5, "v");

    private static Moment At(double seconds) => new(TimeSpan.FromSeconds(seconds));

    private static ClockReading Clocks(double monotonic, double wall) => new(At(monotonic), DateTimeOffset.UnixEpoch.AddSeconds(wall));
}
