using Akka.Actor;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Facts;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Watching;

public sealed partial class K8sWatcher
{
    private readonly NodeMetrics _metrics;

    /// <summary>Measures each message of the watches; before it is taken in, while what is new can be told from what is known.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        switch (message)
        {
            case WatchMessage<JobFact>.Listed listed:
                _metrics.Watch.JobsListed();
                _metrics.JobEvents.Added(listed.Items.Count);
                break;
            case WatchMessage<JobFact>.Changed changed:
                Count(_metrics.JobEvents, isKnown: _views.HasJob(changed.Item));
                break;
            case WatchMessage<JobFact>.Deleted:
                _metrics.JobEvents.Deleted();
                break;
            case WatchMessage<JobFact>.Interrupted:
                _metrics.Watch.JobsInterrupted();
                break;
            case WatchMessage<PodFact>.Listed listed:
                _metrics.Watch.PodsListed();
                _metrics.PodEvents.Added(listed.Items.Count);
                break;
            case WatchMessage<PodFact>.Changed changed:
                Count(_metrics.PodEvents, isKnown: _views.HasPod(changed.Item));
                break;
            case WatchMessage<PodFact>.Deleted:
                _metrics.PodEvents.Deleted();
                break;
            case WatchMessage<PodFact>.Interrupted:
                _metrics.Watch.PodsInterrupted();
                break;
        }

        var handled = base.AroundReceive(receive, message);
        _metrics.Watch.Synced.Set(_jobsStatus.Lists > 0 ? 1 : 0);
        _metrics.Watch.Known.Set(_views.Count);
        return handled;
    }

    private static void Count(InformerEvents events, bool isKnown)
    {
        if (isKnown)
        {
            events.Updated();
        }
        else
        {
            events.Added();
        }
    }

    private void BeginMeasuring() => _metrics.Cluster.Singleton("watcher", isHere: true);

    private void EndMeasuring()
    {
        _metrics.Cluster.Singleton("watcher", isHere: false);
        _metrics.Watch.Synced.Set(0);
        _metrics.Watch.Known.Set(0);
    }
}
