using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Watching;

/// <summary>
/// Follows Jobs and pods. The limiter is told every change of a Job as it comes, a snapshot after each list, and the same
/// snapshot again on a slow timer. The actor of each job is told all that Kubernetes shows of it, at every change and again
/// after each list, after a node has gone, and on a slow timer: so nothing depends on a single message, and a job whose actor
/// died with its node gets a new one. A cluster singleton; its state is a cache that the next list replaces.
/// </summary>
public sealed partial class K8sWatcher : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan SweepStep = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RepeatStep = TimeSpan.FromSeconds(1);

    private readonly IResourceWatch<JobFact> _jobs;
    private readonly IResourceWatch<PodFact> _pods;
    private readonly IActorRef _limiter;
    private readonly IActorRef _actors;
    private readonly WatcherSettings _settings;
    private readonly CancellationTokenSource _stopping = new();

    private readonly JobViews _views;
    private readonly Strangers _strangers;
    private WatchStatus _jobsStatus = new();
    private WatchStatus _podsStatus = new();
    private bool _followsPods;
    private AnnouncementRound _sweep = AnnouncementRound.Over;
    private AnnouncementRound _repeat = AnnouncementRound.Over;

    public K8sWatcher(
        IResourceWatch<JobFact> jobs,
        IResourceWatch<PodFact> pods,
        IActorRef limiter,
        IActorRef actors,
        WatcherSettings settings,
        NodeMetrics? metrics = null)
    {
        _metrics = metrics ?? new NodeMetrics();
        (_jobs, _pods, _limiter, _actors, _settings) = (jobs, pods, limiter, actors, settings);
        (_views, _strangers) = (new JobViews(settings.NameOf), new Strangers(Ignored));
        Receive<WatchMessage<JobFact>>(OnJobs);
        Receive<WatchMessage<PodFact>>(OnPods);
        Receive<SnapshotDue>(_ => TellSnapshot());
        Receive<SweepDue>(_ => SweepOn());
        Receive<RepeatDue>(_ => RepeatSome());
        Receive<ClusterEvent.MemberRemoved>(OnMemberGone);
        Receive<GetWatcherStatus>(_ => Sender.Tell(new WatcherStatus(_jobsStatus, _podsStatus, _views.Count) { Node = SelfNode.Of(Context.System) }));
        Receive<WatchEnded>(ended => throw new InvalidOperationException("a watch ended by itself", ended.Error));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>
    /// Before Jobs are known, nothing can be said of any; before pods are, only if they cannot be had (a missing permission must
    /// not keep Jobs from being followed).
    /// </summary>
    private bool MayTell => _jobsStatus.Lists > 0 && (_podsStatus.Lists > 0 || _podsStatus.Interruptions > 0);

    /// <param name="jobs">The watch of Jobs.</param>
    /// <param name="pods">The watch of pods.</param>
    /// <param name="limiter">Told of Jobs.</param>
    /// <param name="actors">The shard region of the job actors.</param>
    /// <param name="settings">How often things are repeated.</param>
    /// <param name="metrics">The node's.</param>
    public static Props Props(
        IResourceWatch<JobFact> jobs,
        IResourceWatch<PodFact> pods,
        IActorRef limiter,
        IActorRef actors,
        WatcherSettings settings,
        NodeMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new K8sWatcher(jobs, pods, limiter, actors, settings, metrics));

    protected override void PreStart()
    {
        BeginMeasuring();
        Timers.StartPeriodicTimer(nameof(SnapshotDue), SnapshotDue.Instance, _settings.SnapshotInterval);
        Timers.StartPeriodicTimer(nameof(RepeatDue), RepeatDue.Instance, RepeatStep);
        FollowAsync(_jobs, Self).PipeTo(Self, success: () => new WatchEnded(null), failure: error => new WatchEnded(error));
        if (Context.System is ExtendedActorSystem { Provider: ClusterActorRefProvider })
        {
            Akka.Cluster.Cluster.Get(Context.System).Subscribe(
                Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        }
    }

    protected override void PostStop()
    {
        EndMeasuring();
        if (Context.System is ExtendedActorSystem { Provider: ClusterActorRefProvider })
        {
            Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);
        }

        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task FollowAsync<T>(IResourceWatch<T> watch, IActorRef self)
    {
        await foreach (var news in watch.FollowAsync(_stopping.Token).ConfigureAwait(false))
        {
            self.Tell(news);
        }
    }

    /// <summary>
    /// Pods are listed after the Jobs, about which nothing can be said before: the limiter lists Jobs at the same time, and
    /// nothing is granted until it has them.
    /// </summary>
    private void FollowPods()
    {
        if (!_followsPods)
        {
            _followsPods = true;
            FollowAsync(_pods, Self).PipeTo(Self, success: () => new WatchEnded(null), failure: error => new WatchEnded(error));
        }
    }

    private void OnJobs(WatchMessage<JobFact> news)
    {
        FollowPods();
        switch (news)
        {
            case WatchMessage<JobFact>.Listed listed:
                var vanished = _views.List(listed.Items);
                _jobsStatus = _jobsStatus.Listed(listed.Revision);
                LogListed("Jobs", listed.Items.Count);
                TellSnapshot();
                TellAll(vanished);
                Sweep();
                break;
            case WatchMessage<JobFact>.Changed changed:
                _views.Put(changed.Item);
                OnJob(changed.Item, changed.Revision);
                break;
            case WatchMessage<JobFact>.Deleted deleted:
                _views.Remove(deleted.Item);
                OnJob(deleted.Item, deleted.Revision);
                break;
            case WatchMessage<JobFact>.Bookmark bookmark:
                _jobsStatus = _jobsStatus.Moved(bookmark.Revision);
                break;
            case WatchMessage<JobFact>.Interrupted interrupted:
                _jobsStatus = _jobsStatus.Interrupted(interrupted.Reason);
                LogInterrupted("Jobs", interrupted.Reason, interrupted.NextAttemptIn);
                break;
        }
    }

    /// <summary>
    /// As of this revision all of the job's Kubernetes Jobs are known, so that the limiter hears of the end of one only when it was the
    /// last: an end frees the token.
    /// </summary>
    private void OnJob(JobFact job, Revision revision)
    {
        _jobsStatus = _jobsStatus.Moved(revision);
        _limiter.Tell(new Observed(job.Job, _views.StateOf(job.Job), revision, job.Grant));
        TellActor(job.Job);
    }

    private void OnPods(WatchMessage<PodFact> news)
    {
        switch (news)
        {
            case WatchMessage<PodFact>.Listed listed:
                var vanished = _views.List(listed.Items);
                NoteStrangers(listed.Items);
                _podsStatus = _podsStatus.Listed(listed.Revision);
                LogListed("pods", listed.Items.Count);
                TellAll(vanished);
                Sweep();
                break;
            case WatchMessage<PodFact>.Changed changed:
                _views.Put(changed.Item);
                NoteStrangers([changed.Item]);
                _podsStatus = _podsStatus.Moved(changed.Revision);
                TellActor(changed.Item.Job);
                break;
            case WatchMessage<PodFact>.Deleted deleted:
                _views.Remove(deleted.Item);
                _podsStatus = _podsStatus.Moved(deleted.Revision);
                TellActor(deleted.Item.Job);
                break;
            case WatchMessage<PodFact>.Bookmark bookmark:
                _podsStatus = _podsStatus.Moved(bookmark.Revision);
                break;
            case WatchMessage<PodFact>.Interrupted interrupted:
                var couldTell = MayTell;
                _podsStatus = _podsStatus.Interrupted(interrupted.Reason);
                LogInterrupted("pods", interrupted.Reason, interrupted.NextAttemptIn);
                if (!couldTell)
                {
                    Sweep();
                }

                break;
        }
    }

    private void NoteStrangers(IEnumerable<PodFact> pods)
    {
        foreach (var pod in pods.Where(_views.IsStranger))
        {
            _strangers.Note(new Stranger("pods", pod.Name, pod.Uid, pod.Job.ToString(), StrangerReason.Owner));
        }
    }

    private void Ignored(Stranger stranger)
    {
        _metrics.Watch.Ignored(stranger);
        LogIgnored(stranger);
    }

    private void OnMemberGone(ClusterEvent.MemberRemoved gone)
    {
        LogMemberGone(gone.Member.Address);
        Sweep();
    }

    private void TellSnapshot()
    {
        if (_jobsStatus.Lists > 0)
        {
            _limiter.Tell(new Snapshot([.. _views.Unfinished()], _jobsStatus.Position));
        }
    }

    private void Sweep()
    {
        if (MayTell)
        {
            _sweep = new AnnouncementRound(_views.Unsettled(), Steps(_settings.SweepTime, SweepStep));
            SweepOn();
        }
    }

    private void SweepOn()
    {
        TellAll(_sweep.NextStep().ToArray());
        if (!_sweep.IsOver)
        {
            Timers.StartSingleTimer(nameof(SweepDue), SweepDue.Instance, SweepStep);
        }
    }

    private void RepeatSome()
    {
        if (_repeat.IsOver)
        {
            _repeat = new AnnouncementRound(_views.Unsettled(), Steps(_settings.RepeatInterval, RepeatStep));
        }

        TellAll(_repeat.NextStep().ToArray());
    }

    private static int Steps(TimeSpan whole, TimeSpan step) => Math.Max(1, (int)(whole / step));

    private void TellAll(IEnumerable<JobId> jobs)
    {
        foreach (var job in jobs)
        {
            TellActor(job);
        }
    }

    private void TellActor(JobId job)
    {
        if (MayTell && _views.Tell(job) is { } seen)
        {
            _actors.Tell(seen);
        }
    }

    private sealed record SnapshotDue
    {
        public static readonly SnapshotDue Instance = new();
    }

    private sealed record SweepDue
    {
        public static readonly SweepDue Instance = new();
    }

    private sealed record RepeatDue
    {
        public static readonly RepeatDue Instance = new();
    }

    /// <summary>Also how a watch ends that was stopped together with this actor, and then nobody needs to know.</summary>
    private sealed record WatchEnded(Exception? Error) : IDeadLetterSuppression;
}
