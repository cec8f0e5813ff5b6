using Akka.Event;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Watching;

public sealed partial class K8sWatcher
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogListed(string kind, int objects) => _log.Info("listed {Count} {Kind}", objects, kind);

    private void LogInterrupted(string kind, string why, TimeSpan delay) =>
        _log.Warning("the watch of {Kind} was interrupted and goes on in {Delay}: {Why}", kind, delay, why);

    private void LogIgnored(Stranger stranger) => _log.Warning("{Stranger}", stranger.Message);

    private void LogMemberGone(Akka.Actor.Address member) =>
        _log.Info("node {Member} is gone: telling all jobs their state again, so that those which lived there are revived", member);
}
