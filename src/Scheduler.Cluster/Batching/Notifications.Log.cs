using Akka.Event;
using Scheduler.Buildkite;

namespace Scheduler.Cluster.Batching;

public sealed partial class Notifications
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogFailed(int lines, int again, Exception error) =>
        _log.Warning("sending {Lines} notifications failed, {Again} of them are tried again: {Error}", lines, again, error.Message);

    private void LogRejected(RejectedNotification rejected) =>
        _log.Warning("Buildkite refused a notification: {Error} job-uuid={JobUuid}", rejected.Error, rejected.Notification.Job);

    private void LogDropping() => _log.Warning("notifications are dropped: {Waiting} wait to be sent, or a job has had its share", _outbox.Count);

    private void LogLeft() => _log.Warning("{Waiting} notifications could not be sent before the shutdown", _outbox.Count);
}
