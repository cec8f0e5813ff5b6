using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Limiter;

public sealed class LimiterCoreTests
{
    private static readonly JobId Job = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly JobId Other = new(new Guid(2, 0, 0, new byte[8]));

    [Fact]
    public void NothingIsGrantedAfterAMachineWasSuspendedBeyondItsLease()
    {
        var limiter = Granting(limit: 2);
        var late = limiter.Take(Take(Job), At(monotonic: 1, wall: 30));
        Assert.Empty(late.Told);
        Assert.Equal(LimiterPhase.Acquiring, late.Core.Phase);
    }

    [Fact]
    public void AClaimIsDeniedAfterAMachineWasSuspendedBeyondItsLease()
    {
        var granted = Granting(limit: 1).Take(Take(Job), At(1));
        var grant = Assert.IsType<LedgerEffect.Grant>(Assert.Single(granted.Told)).Id;
        var claimed = granted.Core.Claim(new Claim(Job, grant), 1, At(monotonic: 2, wall: 30));
        Assert.IsType<LedgerEffect.Deny>(Assert.Single(claimed.Answers).Answer);
    }

    [Fact]
    public void ASuspensionShorterThanTheLeaseShortensWhatIsGranted()
    {
        var granted = Granting(limit: 1).Take(Take(Job), At(monotonic: 1, wall: 5));
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<LedgerEffect.Grant>(Assert.Single(granted.Told)).Remaining);
    }

    [Fact]
    public void AWallClockSetForwardDoesNotLetTheLeaseGoWhileAGrantCanBeUsed()
    {
        var granted = Granting(limit: 1).Take(Take(Job), At(1));
        var leaving = granted.Core.HandOver(At(monotonic: 2, wall: 3_600));
        Assert.DoesNotContain(leaving.Calls, call => call is LimiterCall.ReleaseLease);
        Assert.Contains(leaving.Core.Tick(At(monotonic: 9, wall: 3_607)).Calls, call => call is LimiterCall.ReleaseLease);
    }

    [Fact]
    public void NoGrantIdIsGivenTwiceWhenALostTermTurnsOutToGoOn()
    {
        var first = Granting(limit: 2).Take(Take(Job), At(1));
        var renewing = first.Core.LeaseDue(At(7));
        var lost = renewing.Core.Tick(At(8));
        Assert.Equal(LimiterPhase.Acquiring, lost.Core.Phase);

        var back = lost.Core.LeaseAnswered(Term(until: 15), At(9));
        Assert.Equal(LimiterPhase.Recovering, back.Core.Phase);
        var again = Recover(back.Core, Term(until: 17), 9.5).Take(Take(Other), At(10));
        Assert.NotEqual(
            Assert.IsType<LedgerEffect.Grant>(Assert.Single(first.Told)).Id,
            Assert.IsType<LedgerEffect.Grant>(Assert.Single(again.Told)).Id);
    }

    [Fact]
    public void AnAnswerAboutTheLeaseThatIsOlderThanTheLeaseGivesNothing()
    {
        var asked = LimiterCore.Create(1, new LedgerSettings()).LeaseDue(At(0));
        Assert.Equal(LimiterPhase.Acquiring, asked.Core.LeaseAnswered(Term(until: 8), At(8)).Core.Phase);
    }

    [Fact]
    public void AClaimedGrantIsGivenBackByItsClaimerAlone()
    {
        var granted = Granting(limit: 1).Take(Take(Job), At(1));
        var grant = Assert.IsType<LedgerEffect.Grant>(Assert.Single(granted.Told)).Id;
        var claimed = granted.Core.Claim(new Claim(Job, grant), 1, At(1)).Core.LeaseAnswered(Term(until: 9), At(1)).Core;
        Assert.Equal(0, claimed.Return(new Return(Job, grant), At(1)).Core.Ledger.Free);
        Assert.Equal(1, claimed.Return(new Return(Job, grant) { IsClaimed = true }, At(1)).Core.Ledger.Free);
    }

    private static LimiterCore Granting(int limit, LedgerSettings? settings = null)
    {
        var acquired = LimiterCore.Create(limit, settings ?? new LedgerSettings()).LeaseDue(At(0)).Core.LeaseAnswered(Term(until: 8), At(0));
        return Recover(acquired.Core, Term(until: 8), 0.5);
    }

    /// <summary>The renewal after the lease was acquired, and the list that follows it.</summary>
    private static LimiterCore Recover(LimiterCore limiter, GrantAuthority term, double at, params UnfinishedJob[] jobs)
    {
        var renewed = limiter.RenewalDue(At(at)).Core.LeaseAnswered(term, At(at));
        var list = Assert.IsType<LimiterCall.ListJobs>(Assert.Single(renewed.Calls));
        var recovered = renewed.Core.Listed(new Snapshot([.. jobs], new Revision(1)), list.BegunIn, At(at)).Core;
        Assert.Equal(LimiterPhase.Granting, recovered.Phase);
        return recovered;
    }

    private static GrantId GrantOf(LimiterStep step) => Assert.IsType<LedgerEffect.Grant>(Assert.Single(step.Told)).Id;

    private static GrantAuthority Term(double until, long epoch = 1) =>
        new(new Epoch(epoch), At(until).Monotonic) { ValidUntilUtc = At(until).Utc };

    private static Take Take(JobId job) => new(job, 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3));

    private static ClockReading At(double monotonic, double? wall = null) =>
        new(new Moment(TimeSpan.FromSeconds(monotonic)), DateTimeOffset.UnixEpoch.AddSeconds(wall ?? monotonic));
}
