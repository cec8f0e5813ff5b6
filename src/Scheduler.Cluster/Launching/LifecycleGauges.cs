using Scheduler.Cluster.Metrics;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Verdicts;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Cluster.Launching;

/// <summary>What a node's job actors count (metrics.md). Safe for all of them at once.</summary>
public sealed class LifecycleGauges(NodeMetrics metrics)
{
    /// <summary>An actor's state changed; null = the actor is not there yet, or any more.</summary>
    public void Change(JobLifecycle? before, JobLifecycle? after)
    {
        Set(metrics.PodWatcher.CancelCheckers, before is { Watching: true }, after is { Watching: true });
        Set(metrics.PodWatcher.WatchingForImageFailure, IsStarting(before), IsStarting(after));
        Set(metrics.PodWatcher.Ignored, IsSettled(before) && before!.Pod is not null, IsSettled(after) && after!.Pod is not null);
        Set(metrics.JobWatcher.Stalling, IsPodless(before), IsPodless(after));
        Set(metrics.JobWatcher.Ignored, IsSettled(before), IsSettled(after));
        if (after?.Doubt is { } doubt && doubt != before?.Doubt)
        {
            metrics.JobWatcher.CleanupSkipped(doubt);
        }
    }

    /// <summary>An attempt to fail a job at Buildkite ended.</summary>
    public void Finished(Trouble? trouble, FinishResult result)
    {
        var (done, failed) = trouble switch
        {
            null => (metrics.Worker.FailedOnBuildkite, metrics.Worker.FailOnBuildkiteErrors),
            Trouble.InitFailed or Trouble.ContainersStuck or Trouble.PendingTooLong =>
                (metrics.PodWatcher.FailedOnBuildkite, metrics.PodWatcher.FailOnBuildkiteErrors),
            _ => (metrics.JobWatcher.FailedOnBuildkite, metrics.JobWatcher.FailOnBuildkiteErrors),
        };
        (result == FinishResult.Done ? done : failed).Inc();
        (trouble switch
        {
            Trouble.NoPodEver => metrics.JobWatcher.FinishedWithoutPod,
            Trouble.PodFailed => metrics.JobWatcher.FailedBeforeAcquire,
            Trouble.Stalled => metrics.JobWatcher.StalledWithoutPod,
            _ => null,
        })?.Inc(result == FinishResult.Done ? 1 : 0);
    }

    /// <summary>Something was, or could not be, cleared away.</summary>
    public void Removed(LifecycleCommand.Remove remove, Exception? error)
    {
        var reason = (error as ApiException)?.Reason;
        switch (remove.What, error)
        {
            case (CleanUp.Pod, null):
                metrics.PodWatcher.Deleted(ReasonOf(remove.Why));
                break;
            case (CleanUp.Pod, _):
                metrics.PodWatcher.DeletionFailed(ReasonOf(remove.Why), reason);
                break;
            case (CleanUp.Job, null):
                metrics.JobWatcher.DeletedAsCancelled();
                break;
            case (CleanUp.Job, _):
                metrics.JobWatcher.DeletionFailed(reason);
                break;
            case (_, null) when remove.Why == CleanUpReason.Overstaying:
                metrics.CompletionWatcher.Cleanups.Inc();
                break;
            case (_, null):
                metrics.JobWatcher.Cleanups.Inc();
                break;
            case (_, _) when remove.Why == CleanUpReason.Overstaying:
                metrics.CompletionWatcher.CleanupFailed(reason);
                break;
            default:
                metrics.JobWatcher.CleanupFailed(reason);
                break;
        }
    }

    private static void Set(Prometheus.Gauge gauge, bool before, bool after)
    {
        if (before != after)
        {
            gauge.Inc(after ? 1 : -1);
        }
    }

    private static bool IsStarting(JobLifecycle? state) => state is { Stage: LifecycleStage.Pending or LifecycleStage.Running };

    private static bool IsPodless(JobLifecycle? state) => state is { IsLive: true, KubernetesJob: { HasPod: false, StartedAt: not null } };

    private static bool IsSettled(JobLifecycle? state) => state is { IsLive: true, Ended: true };

    private static PodDeletion ReasonOf(CleanUpReason why) => why switch
    {
        CleanUpReason.ContainersStuck => PodDeletion.ImagePullFailure,
        CleanUpReason.PendingTooLong => PodDeletion.PendingTimeout,
        _ => PodDeletion.JobCancelled,
    };
}
