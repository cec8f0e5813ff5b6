using Akka.Event;

namespace Scheduler.Cluster.Coordination;

internal sealed partial class LeaseKeeper
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogAcquired(long epoch) => _log.Info("lease {Lease} is held, epoch {Epoch}", _options.Name, epoch);

    private void LogLost(Exception? error) =>
        _log.Warning("lease {Lease} is lost: {Reason}", _options.Name, error?.Message ?? "somebody else changed it");

    private void LogRenewalFailed(Exception error) =>
        _log.Warning("lease {Lease} could not be renewed and will be tried again: {Reason}", _options.Name, error.Message);

    private void LogTooLate() => _log.Warning("lease {Lease} came too late for who asked for it and is given back", _options.Name);

    private void LogCallbackFailed(Exception error) => _log.Error(error, "lease {Lease}: who was told of its loss failed", _options.Name);
}
