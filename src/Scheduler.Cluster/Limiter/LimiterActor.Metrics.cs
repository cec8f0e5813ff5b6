using Akka.Actor;

namespace Scheduler.Cluster.Limiter;

public sealed partial class LimiterActor
{
    private readonly HolderAges _ages = new();
    private readonly LimiterMeter _meter;

    /// <summary>Measures what each message did. Those of timers come wrapped here.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        var before = _core;
        var handled = base.AroundReceive(receive, message);
        _meter.Measure(message, before, _core);
        if (before.Term is not null && message is LeaseAnswered { Term: null } or CallFailed { Call: Call.Lease })
        {
            _meter.LeaseNotProlonged();
        }
        else if (message is LeaseAnswered { Term: not null })
        {
            _meter.LeaseProlonged();
        }

        return handled;
    }

    private void OnTick()
    {
        var now = Now;
        Carry(_core.Tick(now));
        _ages.Update(_core.Ledger.Holders, now.Monotonic);
    }

    private LimiterStatus Status()
    {
        var now = Now.Monotonic;
        _ages.Update(_core.Ledger.Holders, now);
        return new LimiterStatus
        {
            Node = SelfNode.Of(Context.System),
            LeaseHolder = _core.Term is null ? null : _lease.Holder,
            Phase = _core.Phase,
            Epoch = _core.Term?.Epoch,
            Limit = _core.Ledger.Limit,
            InFlight = _core.Ledger.Holders.Count,
            Free = _core.Ledger.Free,
            Waiters = _core.Ledger.Waiters.Count,
            Holders =
            [
                .. _ages.Oldest(LimiterStatus.MostHolders, now).Select(known => new HolderStatus(
                    known.Holder.Job, known.Holder.Grant?.Id, known.Holder.Running is not null, known.Holder.Grant?.IsUnconfirmed ?? false)
                {
                    Age = known.Age,
                }),
            ],
        };
    }
}
