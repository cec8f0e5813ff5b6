using Akka.Actor;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Cluster.Limiter;

/// <summary>
/// Keeps the limit: a cluster singleton around a <see cref="TokenLedger"/>, which it lets grant only while it holds its lease
/// and has read Kubernetes since it got it. Phases: acquiring → recovering → granting → draining; a lost lease leads back to
/// acquiring with every waiter kept.
/// </summary>
public sealed partial class LimiterActor : ReceiveActor, IWithTimers
{
    private readonly LimiterSettings _settings;
    private readonly ILimiterLease _lease;
    private readonly IKubernetesFacts _kubernetes;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<JobId, IActorRef> _takers = [];

    private TokenLedger _ledger;
    private GrantAuthority? _term;
    private LimiterPhase _phase;
    private bool _leaseCallUnderWay;
    private bool _listUnderWay;

    public LimiterActor(LimiterSettings settings, Func<ILimiterLease> lease, IKubernetesFacts kubernetes, TimeProvider time)
    {
        _settings = settings;
        _lease = lease();
        _kubernetes = kubernetes;
        _time = time;
        _ledger = TokenLedger.Create(settings.MaxInFlight, settings.Ledger);

        Receive<Take>(OnTake);
        Receive<Claim>(claim => Carry(_ledger.Claim(claim, Now), Sender));
        Receive<Return>(returned => Carry(_ledger.Return(returned, Now)));
        Receive<Observed>(observed => Carry(_ledger.Observe(observed, Now)));
        Receive<Snapshot>(snapshot => Carry(_ledger.Apply(snapshot, Now)));
        Receive<Confirmed>(confirmed => Carry(_ledger.Confirm(confirmed, Now)));
        Receive<ChangeLimit>(change => Carry(_ledger.ChangeLimit(change.MaxInFlight, Now)));
        Receive<GetLimiterStatus>(_ => Sender.Tell(Status()));
        Receive<Tick>(_ => OnTick());
        Receive<LeaseDue>(_ => CallLease());
        Receive<LeaseAnswered>(OnLease);
        Receive<ListDue>(_ => ListJobs());
        Receive<Listed>(OnListed);
        Receive<CallFailed>(OnFailure);
        Receive<HandOver>(_ => Drain());
        Receive<LeaseReleased>(_ => Context.Stop(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private Moment Now => _time.GetMoment();

    public static Props Props(LimiterSettings settings, Func<ILimiterLease> lease, IKubernetesFacts kubernetes, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new LimiterActor(settings, lease, kubernetes, time));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _settings.TickInterval);
        Timers.StartPeriodicTimer(nameof(LeaseDue), LeaseDue.Instance, _settings.LeaseInterval);
        CallLease();
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void OnTake(Take take)
    {
        _takers[take.Job] = Sender;
        Carry(_ledger.Take(take, Now));
    }

    private void OnTick()
    {
        if (_phase is LimiterPhase.Recovering or LimiterPhase.Granting && _term!.ValidUntil <= Now)
        {
            LogLeaseLost(_term.Epoch);
            _term = null;
            _ledger = _ledger.Suspend();
            Enter(LimiterPhase.Acquiring);
        }

        Carry(_ledger.Tick(Now));
        StopWhenDrained();
    }

    private void CallLease()
    {
        if (_leaseCallUnderWay || _phase == LimiterPhase.Draining)
        {
            return;
        }

        _leaseCallUnderWay = true;
        var call = _term is null ? _lease.TryAcquireAsync(_stopping.Token) : _lease.TryRenewAsync(_stopping.Token);
        call.PipeTo(Self, success: term => new LeaseAnswered(term), failure: error => new CallFailed(Call.Lease, error));
    }

    private void OnLease(LeaseAnswered answer)
    {
        _leaseCallUnderWay = false;
        if (answer.Term is null || _phase == LimiterPhase.Draining)
        {
            return;
        }

        _term = answer.Term;
        switch (_phase)
        {
            case LimiterPhase.Acquiring:
                Enter(LimiterPhase.Recovering);
                ListJobs();
                break;
            case LimiterPhase.Granting:
                Carry(_ledger.Authorize(_term, Now));
                break;
        }
    }

    private void ListJobs()
    {
        if (_listUnderWay || _phase is not (LimiterPhase.Recovering or LimiterPhase.Draining))
        {
            return;
        }

        _listUnderWay = true;
        var begunIn = _term?.Epoch;
        _kubernetes.ListUnfinishedAsync(_stopping.Token)
            .PipeTo(Self, success: jobs => new Listed(jobs, begunIn), failure: error => new CallFailed(Call.List, error));
    }

    private void OnListed(Listed listed)
    {
        _listUnderWay = false;
        Carry(_ledger.Apply(listed.Jobs, Now));
        if (_phase == LimiterPhase.Recovering)
        {
            // A list begun under an earlier term does not count: its grants may have been used since.
            if (listed.BegunIn == _term!.Epoch)
            {
                Enter(LimiterPhase.Granting);
                Carry(_ledger.Authorize(_term, Now));
            }
            else
            {
                ListJobs();
            }
        }
        else if (_phase == LimiterPhase.Draining)
        {
            Timers.StartSingleTimer(nameof(ListDue), ListDue.Instance, _settings.ListInterval);
            StopWhenDrained();
        }
    }

    private void OnFailure(CallFailed failure)
    {
        if (failure.Call == Call.List)
        {
            _listUnderWay = false;
            Timers.StartSingleTimer(nameof(ListDue), ListDue.Instance, _settings.ListInterval);
        }
        else if (failure.Call == Call.Lease)
        {
            _leaseCallUnderWay = false;
        }

        LogCallFailed(failure.Call, failure.Error);
    }

    /// <summary>The singleton's termination message: grant nothing more, leave when nothing granted is open.</summary>
    private void Drain()
    {
        _ledger = _ledger.Suspend();
        Enter(LimiterPhase.Draining);
        ListJobs();
        StopWhenDrained();
    }

    private void StopWhenDrained()
    {
        if (_phase != LimiterPhase.Draining || _releasing)
        {
            return;
        }

        // Without a lease, or once it has run out, the successor has waited for us already: there is nothing to release.
        var leaseRanOut = _term is null || _term.ValidUntil <= Now;
        if (_ledger.OpenGrants == 0 || leaseRanOut)
        {
            _releasing = true;
            _lease.ReleaseAsync(_stopping.Token)
                .PipeTo(Self, success: _ => LeaseReleased.Instance, failure: _ => LeaseReleased.Instance);
        }
    }

    private bool _releasing;

    private void Enter(LimiterPhase phase)
    {
        if (phase != _phase)
        {
            LogPhase(_phase, phase);
            _phase = phase;
        }
    }

    private void Carry(LedgerStep step, IActorRef? claimer = null)
    {
        _ledger = step.Ledger;
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case LedgerEffect.Grant grant:
                    Answer(grant.Job, new Granted(grant.Job, grant.Id, grant.Remaining), claimer);
                    break;
                case LedgerEffect.Deny deny:
                    Answer(deny.Job, new Denied(deny.Job, deny.Reason), claimer);
                    break;
                case LedgerEffect.Forget forget:
                    _takers.Remove(forget.Job);
                    break;
                case LedgerEffect.AskForConfirmation ask:
                    LogUnconfirmed(ask.Job, ask.Id);
                    _kubernetes.ConfirmAsync(ask.Job, ask.Id, _stopping.Token)
                        .PipeTo(Self, failure: error => new CallFailed(Call.Confirm, error));
                    break;
            }
        }
    }

    private void Answer(JobId job, ITokenAnswer answer, IActorRef? claimer)
    {
        if (claimer is not null)
        {
            claimer.Tell(answer);
        }
        else if (_takers.Remove(job, out var taker))
        {
            taker.Tell(answer);
        }
    }

    private LimiterStatus Status() => new()
    {
        Phase = _phase,
        Epoch = _term?.Epoch,
        Limit = _ledger.Limit,
        InFlight = _ledger.Holders.Count,
        Free = _ledger.Free,
        Waiters = _ledger.Waiters.Count,
        Holders =
        [
            .. _ledger.Holders.Values.Select(holder => new HolderStatus(
                holder.Job, holder.Grant?.Id, holder.Running is not null, holder.Grant?.IsUnconfirmed ?? false)),
        ],
    };
}
