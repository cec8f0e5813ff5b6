using Akka.Event;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Limiter;

public sealed partial class LimiterActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogPhase(LimiterPhase from, LimiterPhase to) =>
        _log.Info(
            "limiter {From} -> {To}, epoch {Epoch}, limit {Limit}, in flight {InFlight}",
            from,
            to,
            _term?.Epoch,
            _ledger.Limit,
            _ledger.Holders.Count);

    private void LogLeaseLost(Epoch epoch) =>
        _log.Warning("limiter lease of epoch {Epoch} ran out before it could be renewed; granting stops until it is held again", epoch);

    private void LogUnconfirmed(JobId job, GrantId grant) =>
        _log.Info("grant {Grant} passed its deadline without a trace of its Job; asking Kubernetes job-uuid={JobUuid}", grant, job);

    private void LogCallFailed(Call call, Exception error) =>
        _log.Warning("limiter {Call} call failed and will be repeated: {Error}", call, error.Message);
}
