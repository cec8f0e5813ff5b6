using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Limiter;

/// <summary>When a grant may be used, and when what it was used for counts as known.</summary>
public sealed class ClaimTests
{
    private readonly LimiterDriver _limiter = new(limit: 20);

    [Fact]
    public void AClaimIsAnsweredOnlyOnceTheLeaseWasRenewed()
    {
        var grant = _limiter.Grant(1);
        _limiter.Claim(1, grant, ticket: 7);
        Assert.Empty(_limiter.Answers);
        _limiter.Renewed();
        Assert.Equal(grant, Assert.IsType<LedgerEffect.Grant>(_limiter.Answers[7]).Id);
    }

    [Fact]
    public void ARenewalThatWasUnderWayWhenTheClaimCameDoesNotCount()
    {
        var grant = _limiter.Grant(1);
        _limiter.Do(core => core.LeaseDue(_limiter.Now));
        _limiter.Claim(1, grant, ticket: 7);
        _limiter.Renewed();
        Assert.Empty(_limiter.Answers);
        var pause = Assert.Single(_limiter.Calls.OfType<LimiterCall.RenewLater>()).Pause;
        Assert.Equal(TimeSpan.FromMilliseconds(20), pause);

        _limiter.Pass(pause);
        _limiter.Do(core => core.RenewalDue(_limiter.Now));
        _limiter.Renewed();
        Assert.IsType<LedgerEffect.Grant>(_limiter.Answers[7]);
    }

    [Fact]
    public void AllClaimsThatComeDuringOneRenewalShareTheNext()
    {
        var grants = Enumerable.Range(1, 5).Select(_limiter.Grant).ToArray();
        for (var i = 0; i < grants.Length; i++)
        {
            _limiter.Claim(i + 1, grants[i], ticket: i);
        }

        _limiter.Renewed();
        Assert.Equal([0L], _limiter.Answers.Keys);
        _limiter.Pass(TimeSpan.FromMilliseconds(20));
        _limiter.Do(core => core.RenewalDue(_limiter.Now));
        _limiter.Renewed();
        Assert.Equal(5, _limiter.Answers.Count);
        Assert.Equal(2, _limiter.Calls.OfType<LimiterCall.RenewLease>().Count());
    }

    [Fact]
    public void ALeaseThatIsAnothersEndsTheTermInThatTurnAndIsAskedForAtOnce()
    {
        var grant = _limiter.Grant(1);
        _limiter.Claim(1, grant, ticket: 7);
        _limiter.Do(core => core.LeaseAnswered(null, _limiter.Now));
        Assert.Equal(LimiterPhase.Acquiring, _limiter.Core.Phase);
        Assert.Null(_limiter.Core.Ledger.Authority);
        Assert.IsType<LedgerEffect.Deny>(_limiter.Answers[7]);
        Assert.IsType<LimiterCall.AcquireLease>(_limiter.Calls[^1]);
    }

    [Fact]
    public void AClaimWhoseRenewalTakesTooLongIsDeniedAndItsTokenIsFree()
    {
        var grant = _limiter.Grant(1);
        _limiter.Claim(1, grant, ticket: 7);
        _limiter.Pass(TimeSpan.FromSeconds(2));
        _limiter.Tick();
        Assert.IsType<LedgerEffect.Deny>(_limiter.Answers[7]);
        Assert.Equal(20, _limiter.Core.Ledger.Free);
    }

    [Fact]
    public void AClaimedGrantIsAskedAboutOnlyUnderAHigherEpoch()
    {
        var grant = _limiter.Grant(1);
        _limiter.Claim(1, grant, ticket: 7);
        _limiter.Renewed();
        _limiter.GoOn(9);
        _limiter.Tick();
        Assert.Equal(grant.Epoch, _limiter.Renew());
        _limiter.Renewed(epoch: 2);
        _limiter.Tick();
        Assert.Empty(_limiter.Asked);
        _limiter.Pass(TimeSpan.FromMilliseconds(250));
        _limiter.Tick();
        Assert.Equal(grant, Assert.Single(_limiter.Asked).Id);
        Assert.Equal(1, _limiter.Core.Ledger.OpenGrants);
    }

    [Fact]
    public void AnUnclaimedGrantRaisesNoEpoch()
    {
        _limiter.Grant(1);
        _limiter.GoOn(9);
        _limiter.Tick();
        Assert.Null(_limiter.Renew());
        _limiter.Renewed();
        _limiter.Pass(TimeSpan.FromMilliseconds(250));
        _limiter.Tick();
        Assert.Single(_limiter.Asked);
    }

    [Fact]
    public void NothingIsAskedAboutBeforeARenewalSentAfterItsDeadline()
    {
        _limiter.Grant(1);
        _limiter.Pass(TimeSpan.FromSeconds(7));
        _limiter.Renew();
        _limiter.Pass(TimeSpan.FromSeconds(2));
        _limiter.Tick();
        _limiter.Renewed();
        _limiter.Pass(TimeSpan.FromSeconds(1));
        _limiter.Tick();
        Assert.Empty(_limiter.Asked);
    }

    [Fact]
    public void AGrantClaimedUnderALaterEpochGetsANameOfThatEpochAndAnswersToBoth()
    {
        var grant = _limiter.Grant(1);
        _limiter.Renew();
        _limiter.Renewed(epoch: 2);
        _limiter.Claim(1, grant, ticket: 7);
        _limiter.Pass(TimeSpan.FromMilliseconds(20));
        _limiter.Do(core => core.RenewalDue(_limiter.Now));
        _limiter.Renewed(epoch: 2);
        Assert.Equal(new Epoch(2), Assert.IsType<LedgerEffect.Grant>(_limiter.Answers[7]).Id.Epoch);

        _limiter.Do(core => core.Return(new Return(LimiterDriver.Job(1), grant) { IsClaimed = true }, _limiter.Now));
        Assert.Equal(20, _limiter.Core.Ledger.Free);
    }

    [Fact]
    public void ManyGrantsThatEndAtOnceAreSettledByOneList()
    {
        for (var i = 1; i <= 10; i++)
        {
            _limiter.Grant(i);
        }

        _limiter.GoOn(9);
        _limiter.Tick();
        _limiter.Renew();
        _limiter.Renewed();
        for (var i = 0; i < 20; i++)
        {
            _limiter.Pass(TimeSpan.FromMilliseconds(250));
            _limiter.Tick();
        }

        Assert.Empty(_limiter.Asked);
        var list = Assert.Single(_limiter.Calls.OfType<LimiterCall.ListJobs>().Skip(1));
        _limiter.Do(core => core.Listed(new Snapshot([], new Revision(9)), list.BegunIn, _limiter.Now));
        Assert.Equal(20, _limiter.Core.Ledger.Free);
    }

    [Fact]
    public void AReadThatIsNotAnsweredIsNotRepeated()
    {
        _limiter.Grant(1);
        _limiter.GoOn(9);
        _limiter.Tick();
        _limiter.Renew();
        _limiter.Renewed();
        for (var i = 0; i < 40; i++)
        {
            _limiter.Pass(TimeSpan.FromMilliseconds(250));
            _limiter.Tick();
        }

        Assert.Single(_limiter.Asked);
        _limiter.Do(core => core.ConfirmFailed(LimiterDriver.Job(1), _limiter.Now));
        _limiter.Pass(TimeSpan.FromSeconds(2));
        _limiter.Tick();
        Assert.Equal(2, _limiter.Asked.Count);
    }

    [Fact]
    public void TheEpochIsRaisedAboveThoseOfTheJobsFoundBeforeAnythingIsGranted()
    {
        var fresh = new LimiterDriver(limit: 1, recovered: false);
        fresh.Pass(TimeSpan.FromMilliseconds(250));
        fresh.Do(core => core.RenewalDue(fresh.Now));
        fresh.Renewed();
        var found = new UnfinishedJob(LimiterDriver.Job(3), new Revision(5), new GrantId(new Epoch(41), 2));
        fresh.Do(core => core.Listed(new Snapshot([found], new Revision(9)), new Epoch(1), fresh.Now));
        Assert.Equal(LimiterPhase.Recovering, fresh.Core.Phase);
        Assert.Equal(new Epoch(41), Assert.IsType<LimiterCall.RenewLease>(fresh.Calls[^1]).Above);

        fresh.Renewed(epoch: 42);
        var lists = fresh.Calls.OfType<LimiterCall.ListJobs>().Count();
        fresh.GoOn(10, epoch: 42);
        Assert.Equal(lists, fresh.Calls.OfType<LimiterCall.ListJobs>().Count());
        fresh.GoOn(1, epoch: 42);
        Assert.Equal(lists + 1, fresh.Calls.OfType<LimiterCall.ListJobs>().Count());
    }

    /// <summary>A watch that follows a history which is no more: its snapshot does not have what was seen.</summary>
    [Fact]
    public void AJobThatASnapshotLacksIsLookedForByAListAndKeptWhenItIsThere()
    {
        var found = new UnfinishedJob(LimiterDriver.Job(1), new Revision(510), null);
        See(found);
        _limiter.Pass(TimeSpan.FromSeconds(1));
        _limiter.Do(core => core.Apply(new Snapshot([], new Revision(1000)), _limiter.Now));
        Assert.Equal(19, _limiter.Core.Ledger.Free);
        _limiter.Tick();
        List(found);
        Assert.Equal(19, _limiter.Core.Ledger.Free);
        Assert.Empty(_limiter.Asked);

        _limiter.Pass(TimeSpan.FromSeconds(1));
        _limiter.Tick();
        Assert.DoesNotContain(_limiter.Calls, call => call is LimiterCall.ListJobs);
    }

    [Fact]
    public void AJobOfAHistoryThatIsNoMoreIsFreedByAListWhateverItsRevision()
    {
        See(new UnfinishedJob(LimiterDriver.Job(1), new Revision(1000), null));
        _limiter.GoOn(31);
        _limiter.Do(core => core.Apply(new Snapshot([], new Revision(520)), _limiter.Now));
        _limiter.Tick();
        List();
        Assert.Equal(20, _limiter.Core.Ledger.Free);
    }

    /// <summary>The read knows one name; a Job of another prefix, which counts as well, it does not see.</summary>
    [Fact]
    public void AReadThatFindsNothingSettlesTheGrantAndFreesNoJobThatWasSeen()
    {
        _limiter.Grant(1);
        See(new UnfinishedJob(LimiterDriver.Job(1), new Revision(5), null));
        _limiter.GoOn(9);
        _limiter.Tick();
        _limiter.GoOn(1);
        _limiter.Pass(TimeSpan.FromMilliseconds(250));
        _limiter.Tick();
        Assert.Single(_limiter.Asked);
        _limiter.Do(core => core.Confirm(new Confirmed(LimiterDriver.Job(1), KubernetesJobState.Absent, Revision.None, null), _limiter.Now));
        Assert.Equal((19, 0), (_limiter.Core.Ledger.Free, _limiter.Core.Ledger.OpenGrants));
    }

    private void See(UnfinishedJob job)
    {
        _limiter.Do(core => core.Observe(new Observed(job.Job, KubernetesJobState.Unfinished, job.Revision, job.Grant), _limiter.Now));
        _limiter.Calls.Clear();
    }

    /// <summary>Answers the list that is under way.</summary>
    private void List(params ReadOnlySpan<UnfinishedJob> shown)
    {
        var list = Assert.Single(_limiter.Calls.OfType<LimiterCall.ListJobs>());
        var snapshot = new Snapshot([.. shown], new Revision(520));
        _limiter.Do(core => core.Listed(snapshot, list.BegunIn, _limiter.Now));
        _limiter.Calls.Clear();
    }
}
