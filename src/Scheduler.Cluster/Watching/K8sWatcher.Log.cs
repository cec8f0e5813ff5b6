using Akka.Event;

namespace Scheduler.Cluster.Watching;

public sealed partial class K8sWatcher
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogListed(int jobs) =>
        _log.Info("listed {Jobs} Kubernetes Jobs, {Unfinished} of them unfinished, at revision {Revision}", jobs, _unfinished.Count, _position);

    private void LogInterrupted(string why) => _log.Warning("the watch of Jobs was interrupted and goes on: {Why}", why);
}
