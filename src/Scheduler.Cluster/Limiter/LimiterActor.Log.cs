using Akka.Event;
using Scheduler.Core.Identity;
using Scheduler.Core.Limiter;

namespace Scheduler.Cluster.Limiter;

public sealed partial class LimiterActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogChange(LimiterCore before)
    {
        if (before.Term is { } former && _core.Term is { } present && former.Epoch != present.Epoch)
        {
            _log.Info("limiter raised the epoch from {Former} to {Present}, so that what is late of the former can be refused", former.Epoch, present.Epoch);
        }

        if (before.Phase == _core.Phase)
        {
            return;
        }

        if (before.Term is { } lost && _core.Phase == LimiterPhase.Acquiring)
        {
            _log.Warning("limiter lease of epoch {Epoch} ran out or went to another; granting stops until it is held again", lost.Epoch);
        }

        _log.Info(
            "limiter {From} -> {To}, epoch {Epoch}, limit {Limit}, in flight {InFlight}",
            before.Phase,
            _core.Phase,
            _core.Term?.Epoch,
            _core.Ledger.Limit,
            _core.Ledger.Holders.Count);
    }

    private void LogUnconfirmed(JobId job, GrantId grant) =>
        _log.Info("grant {Grant} passed its deadline without a trace of its Job; asking Kubernetes job-uuid={JobUuid}", grant, job);

    private void LogCallFailed(Call call, Exception error) =>
        _log.Warning("limiter {Call} call failed and will be repeated: {Error}", call, error.Message);
}
