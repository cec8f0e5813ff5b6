using Akka.Actor;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Watching;

/// <summary>
/// Tells the limiter what Kubernetes shows: every change as it comes, a snapshot after each list, and the same snapshot again
/// on a slow timer, so that a message lost on the way to the limiter is made good. A cluster singleton; its state is the set
/// of unfinished Jobs as of the watch's position.
/// </summary>
public sealed partial class K8sWatcher : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(10);

    private readonly IJobWatch _watch;
    private readonly IActorRef _limiter;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<JobId, UnfinishedJob> _unfinished = [];
    private Revision _position;
    private bool _listed;

    public K8sWatcher(IJobWatch watch, IActorRef limiter)
    {
        (_watch, _limiter) = (watch, limiter);
        Receive<JobNews.Listed>(OnListed);
        Receive<JobNews.Changed>(OnChanged);
        Receive<JobNews.UpToDate>(upToDate => _position = upToDate.Revision);
        Receive<JobNews.Interrupted>(interrupted => LogInterrupted(interrupted.Why));
        Receive<RepeatDue>(_ => TellSnapshot());
        Receive<WatchEnded>(ended => throw new InvalidOperationException("the watch of Jobs ended by itself", ended.Error));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IJobWatch watch, IActorRef limiter) => Akka.Actor.Props.Create(() => new K8sWatcher(watch, limiter));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(RepeatDue), RepeatDue.Instance, RepeatInterval);
        FollowAsync(Self).PipeTo(Self, success: () => new WatchEnded(null), failure: error => new WatchEnded(error));
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task FollowAsync(IActorRef self)
    {
        await foreach (var news in _watch.FollowAsync(_stopping.Token).ConfigureAwait(false))
        {
            self.Tell(news);
        }
    }

    private void OnListed(JobNews.Listed listed)
    {
        _unfinished.Clear();
        foreach (var job in listed.Jobs)
        {
            Keep(job);
        }

        _listed = true;
        _position = listed.Revision;
        LogListed(listed.Jobs.Length);
        TellSnapshot();
    }

    private void OnChanged(JobNews.Changed changed)
    {
        Keep(changed.Job);
        _position = changed.Job.Revision > _position ? changed.Job.Revision : _position;
        _limiter.Tell(changed.Job);
    }

    private void Keep(Observed job)
    {
        if (job.State == KubernetesJobState.Unfinished)
        {
            _unfinished[job.Job] = new UnfinishedJob(job.Job, job.Revision, job.Grant);
        }
        else
        {
            _unfinished.Remove(job.Job);
        }
    }

    private void TellSnapshot()
    {
        if (_listed)
        {
            _limiter.Tell(new Snapshot([.. _unfinished.Values], _position));
        }
    }

    private sealed record RepeatDue
    {
        public static readonly RepeatDue Instance = new();
    }

    private sealed record WatchEnded(Exception? Error);
}
