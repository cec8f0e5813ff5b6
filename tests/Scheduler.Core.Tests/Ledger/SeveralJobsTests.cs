using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Ledger;

/// <summary>Two Kubernetes Jobs of one Buildkite job.</summary>
public sealed class SeveralJobsTests
{
    private static readonly JobId Job = JobId.Parse("0191d1a0-0000-7000-8000-000000000001");

    /// <summary>The read knows one Job by its name; that another is unfinished only the watch can tell.</summary>
    [Fact]
    public void AConfirmationThatReadsAnEndedJobFreesNothingThatTheWatchShowsUnfinished()
    {
        var start = new Moment(TimeSpan.FromHours(1));
        var late = start + TimeSpan.FromSeconds(30);
        var ledger = TokenLedger.Create(1, new LedgerSettings());
        ledger = ledger.Authorize(new GrantAuthority(new Epoch(7), start + TimeSpan.FromMinutes(1)), start).Ledger;
        ledger = ledger.Take(new Take(Job, 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3)), start).Ledger;
        var grant = ledger.Holders[Job].Grant!.Id;
        ledger = ledger.Observe(new Observed(Job, KubernetesJobState.Unfinished, new Revision(5), null), start).Ledger;
        ledger = ledger.Tick(late).Ledger.Prove(late, new Epoch(7), late);
        ledger = ledger.Tick(late + TimeSpan.FromSeconds(1)).Ledger;
        Assert.True(ledger.Reads.ContainsKey(Job));

        ledger = ledger.Confirm(new Confirmed(Job, KubernetesJobState.Finished, new Revision(9), grant), late).Ledger;
        Assert.Equal((0, 0), (ledger.Free, ledger.OpenGrants));

        ledger = ledger.Observe(new Observed(Job, KubernetesJobState.Finished, new Revision(10), null), late).Ledger;
        Assert.Equal(1, ledger.Free);
    }

    [Fact]
    public void AListOfTwoOfThemTakesOneTokenUntilAListShowsNone()
    {
        var now = new Moment(TimeSpan.FromHours(1));
        var ledger = TokenLedger.Create(2, new LedgerSettings());

        var (one, other) = (new UnfinishedJob(Job, new Revision(5), null), new UnfinishedJob(Job, new Revision(9), null));
        ledger = ledger.Replace(new Snapshot([one, other], new Revision(10)), now, Later(1)).Ledger;
        Assert.Equal((1, new Revision(9)), (ledger.Free, ledger.Holders[Job].Running!.Revision));

        ledger = ledger.Replace(new Snapshot([one], new Revision(11)), Later(2), Later(3)).Ledger;
        Assert.Equal(1, ledger.Free);

        ledger = ledger.Replace(new Snapshot([], new Revision(12)), Later(4), Later(5)).Ledger;
        Assert.Equal(2, ledger.Free);

        Moment Later(int seconds) => now + TimeSpan.FromSeconds(seconds);
    }

    [Fact]
    public void ASnapshotOfTwoOfThemTakesOneToken()
    {
        var now = new Moment(TimeSpan.FromHours(1));
        var ledger = TokenLedger.Create(2, new LedgerSettings());

        var (one, other) = (new UnfinishedJob(Job, new Revision(5), null), new UnfinishedJob(Job, new Revision(6), null));
        ledger = ledger.Apply(new Snapshot([one, other], new Revision(7)), now).Ledger;
        Assert.Equal(1, ledger.Free);

        ledger = ledger.Apply(new Snapshot([one], new Revision(8)), now).Ledger;
        Assert.Equal(1, ledger.Free);
    }
}
