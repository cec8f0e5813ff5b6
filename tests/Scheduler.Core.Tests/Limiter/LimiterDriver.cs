using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Limiter;

/// <summary>A limiter whose calls the test answers, and what it said and asked for.</summary>
internal sealed class LimiterDriver
{
    private double _seconds;

    public LimiterDriver(int limit, bool recovered = true)
    {
        Core = LimiterCore.Create(limit, new LedgerSettings());
        Do(core => core.LeaseDue(Now));
        Renewed();
        if (recovered)
        {
            Pass(TimeSpan.FromMilliseconds(250));
            Do(core => core.RenewalDue(Now));
            Renewed();
            Do(core => core.Listed(new Snapshot([], new Revision(1)), new Epoch(1), Now));
            Assert.Equal(LimiterPhase.Granting, Core.Phase);
            Pass(TimeSpan.FromMilliseconds(500));
            Calls.RemoveAll(call => call is not LimiterCall.ListJobs);
        }
    }

    public LimiterCore Core { get; private set; }

    public ClockReading Now => new(new Moment(TimeSpan.FromSeconds(_seconds)), DateTimeOffset.UnixEpoch.AddSeconds(_seconds));

    public Dictionary<long, LedgerEffect> Answers { get; } = [];

    public List<LimiterCall> Calls { get; } = [];

    public List<LedgerEffect> Told { get; } = [];

    public List<LedgerEffect.AskForConfirmation> Asked => [.. Told.OfType<LedgerEffect.AskForConfirmation>()];

    public static JobId Job(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public void Do(Func<LimiterCore, LimiterStep> act)
    {
        var step = act(Core);
        Core = step.Core;
        Told.AddRange(step.Told);
        Calls.AddRange(step.Calls);
        foreach (var (ticket, answer) in step.Answers)
        {
            Answers.Add(ticket, answer);
        }
    }

    public void Pass(TimeSpan span) => _seconds += span.TotalSeconds;

    /// <summary>Seconds pass in which the lease is renewed.</summary>
    public void GoOn(int seconds, long epoch = 1)
    {
        for (var i = 0; i < seconds; i++)
        {
            Pass(TimeSpan.FromSeconds(1));
            Renew();
            Renewed(epoch);
        }

        Calls.RemoveAll(call => call is LimiterCall.RenewLease);
    }

    public void Tick() => Do(core => core.Tick(Now));

    public GrantId Grant(int job)
    {
        Do(core => core.Take(new Take(Job(job), 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3)), Now));
        return Assert.IsType<LedgerEffect.Grant>(Told[^1]).Id;
    }

    public void Claim(int job, GrantId grant, long ticket) => Do(core => core.Claim(new Claim(Job(job), grant), ticket, Now));

    /// <summary>The regular renewal begins. Returns what the epoch is to be raised above.</summary>
    public Epoch? Renew()
    {
        Do(core => core.LeaseDue(Now));
        return Calls[^1] is LimiterCall.RenewLease renewal ? renewal.Above : null;
    }

    /// <summary>The lease call that is under way succeeds.</summary>
    public void Renewed(long epoch = 1) => Do(core => core.LeaseAnswered(
        new GrantAuthority(new Epoch(epoch), Now.Monotonic + TimeSpan.FromSeconds(7.5)) { ValidUntilUtc = Now.Utc.AddSeconds(7.5) }, Now));
}
