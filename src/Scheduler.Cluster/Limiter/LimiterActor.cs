using Akka.Actor;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Limiter;

/// <summary>
/// Keeps the limit: a cluster singleton that carries out what <see cref="LimiterCore"/> decides. It reads the clocks once per
/// message, makes the calls, and remembers who is to be answered.
/// </summary>
public sealed partial class LimiterActor : ReceiveActor, IWithTimers
{
    private readonly LimiterSettings _settings;
    private readonly ILimiterLease _lease;
    private readonly IKubernetesFacts _kubernetes;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<JobId, IActorRef> _takers = [];
    private readonly Dictionary<long, (IActorRef Asker, Moment Since)> _claimers = [];
    private long _lastTicket;
    private LimiterCore _core;

    public LimiterActor(
        LimiterSettings settings, Func<ILimiterLease> lease, IKubernetesFacts kubernetes, TimeProvider time, NodeMetrics? metrics = null)
    {
        _settings = settings;
        _lease = lease();
        _kubernetes = kubernetes;
        _time = time;
        _core = LimiterCore.Create(settings.MaxInFlight, settings.Ledger);
        _meter = new LimiterMeter(metrics ?? new NodeMetrics());

        Receive<Take>(OnTake);
        Receive<Claim>(OnClaim);
        Receive<Return>(returned => Carry(_core.Return(returned, Now)));
        Receive<Observed>(observed => Carry(_core.Observe(observed, Now)));
        Receive<Snapshot>(snapshot => Carry(_core.Apply(snapshot, Now)));
        Receive<Confirmed>(confirmed => Carry(_core.Confirm(confirmed, Now)));
        Receive<ChangeLimit>(change => Carry(_core.ChangeLimit(change.MaxInFlight, Now)));
        Receive<GetLimiterStatus>(_ => Sender.Tell(Status()));
        Receive<Tick>(_ => OnTick());
        Receive<LeaseDue>(_ => Carry(_core.LeaseDue(Now)));
        Receive<LeaseAnswered>(answer => Carry(_core.LeaseAnswered(answer.Term, Now)));
        Receive<RenewalDue>(_ => Carry(_core.RenewalDue(Now)));
        Receive<ListDue>(_ => Carry(_core.ListDue(Now)));
        Receive<Listed>(listed => Carry(_core.Listed(listed.Jobs, listed.BegunIn, Now)));
        Receive<CallFailed>(OnFailure);
        Receive<HandOver>(_ => Carry(_core.HandOver(Now)));
        Receive<LeaseReleased>(_ => Context.Stop(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private ClockReading Now => ClockReading.Take(_time);

    public static Props Props(
        LimiterSettings settings, Func<ILimiterLease> lease, IKubernetesFacts kubernetes, TimeProvider time, NodeMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new LimiterActor(settings, lease, kubernetes, time, metrics));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _settings.TickInterval);
        Timers.StartPeriodicTimer(nameof(LeaseDue), LeaseDue.Instance, _settings.LeaseInterval);
        _meter.Begin(_core);
        Carry(_core.LeaseDue(Now));
    }

    protected override void PostStop()
    {
        _meter.End();
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void OnTake(Take take)
    {
        _takers[take.Job] = Sender;
        Carry(_core.Take(take, Now));
    }

    private void OnClaim(Claim claim)
    {
        var now = Now;
        _claimers[++_lastTicket] = (Sender, now.Monotonic);
        Carry(_core.Claim(claim, _lastTicket, now));
    }

    private void OnFailure(CallFailed failure)
    {
        LogCallFailed(failure.Call, failure.Error);
        switch (failure.Call)
        {
            case Call.Lease:
                Carry(_core.LeaseFailed(Now));
                break;
            case Call.List:
                Carry(_core.ListFailed(Now));
                break;
            case Call.Confirm:
                Carry(_core.ConfirmFailed(failure.Job, Now));
                break;
        }
    }

    private void Carry(LimiterStep step)
    {
        var before = _core;
        _core = step.Core;
        LogChange(before);
        foreach (var effect in step.Told)
        {
            Tell(effect);
        }

        foreach (var (ticket, answer) in step.Answers)
        {
            if (_claimers.Remove(ticket, out var claimer))
            {
                TellClaimer(answer, claimer.Asker, claimer.Since);
            }
        }

        foreach (var call in step.Calls)
        {
            Make(call);
        }
    }

    private void Tell(LedgerEffect effect)
    {
        switch (effect)
        {
            case LedgerEffect.Grant grant:
                _meter.Granted(isClaim: false);
                Answer(grant.Job, new Granted(grant.Job, grant.Id, grant.Remaining));
                break;
            case LedgerEffect.Deny deny:
                Answer(deny.Job, new Denied(deny.Job, deny.Reason));
                break;
            case LedgerEffect.Forget forget:
                _takers.Remove(forget.Job);
                break;
            case LedgerEffect.AskForConfirmation ask:
                LogUnconfirmed(ask.Job, ask.Id);
                _meter.Expired();
                _kubernetes.ConfirmAsync(ask.Job, _stopping.Token)
                    .PipeTo(Self, failure: error => new CallFailed(Call.Confirm, error) { Job = ask.Job });
                break;
        }
    }

    private void TellClaimer(LedgerEffect effect, IActorRef claimer, Moment since)
    {
        switch (effect)
        {
            case LedgerEffect.Grant grant:
                _meter.Granted(isClaim: true);
                _meter.ClaimGranted(Now.Monotonic - since);
                claimer.Tell(new Granted(grant.Job, grant.Id, grant.Remaining));
                break;
            case LedgerEffect.Deny deny:
                claimer.Tell(new Denied(deny.Job, deny.Reason));
                break;
        }
    }

    private void Make(LimiterCall call)
    {
        switch (call)
        {
            case LimiterCall.AcquireLease:
                Await(_lease.TryAcquireAsync(_stopping.Token));
                break;
            case LimiterCall.RenewLease renew:
                Await(_lease.TryRenewAsync(renew.Above, _stopping.Token));
                break;
            case LimiterCall.RenewLater later:
                Timers.StartSingleTimer(nameof(RenewalDue), RenewalDue.Instance, later.Pause);
                break;
            case LimiterCall.ListJobs list:
                _kubernetes.ListUnfinishedAsync(_stopping.Token).PipeTo(
                    Self, success: jobs => new Listed(jobs, list.BegunIn), failure: error => new CallFailed(Call.List, error));
                break;
            case LimiterCall.ListLater:
                Timers.StartSingleTimer(nameof(ListDue), ListDue.Instance, _settings.ListInterval);
                break;
            case LimiterCall.ReleaseLease:
                _lease.ReleaseAsync(_stopping.Token)
                    .PipeTo(Self, success: _ => LeaseReleased.Instance, failure: _ => LeaseReleased.Instance);
                break;
        }
    }

    private void Await(Task<GrantAuthority?> leaseCall) =>
        leaseCall.PipeTo(Self, success: term => new LeaseAnswered(term), failure: error => new CallFailed(Call.Lease, error));

    private void Answer(JobId job, ITokenAnswer answer)
    {
        if (_takers.Remove(job, out var taker))
        {
            taker.Tell(answer);
        }
    }
}
