using Akka.Actor;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Backlog;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Cluster.Fetching;

/// <summary>
/// Knows what waits at Buildkite and asks the limiter for tokens for the best of it: a cluster singleton around
/// <see cref="WaitingJobs"/>. With a token it reserves the job and has its actor run it. Cancellation is an Ask that times
/// out: the job is then simply still in the backlog, and one that vanished is not asked for again.
/// </summary>
public sealed partial class JobFetcher : ReceiveActor, IWithTimers
{
    /// <summary>The Ask outlives the limiter's patience a little, so that a grant made at the last moment still arrives.</summary>
    private static readonly TimeSpan AnswerGrace = TimeSpan.FromMilliseconds(250);

    /// <summary>A token that ends sooner than this is given back instead of reserved for: the launch would not make it.</summary>
    private static readonly TimeSpan LeastUseful = TimeSpan.FromSeconds(1);

    private readonly FetcherSettings _settings;
    private readonly IWaitingList _buildkite;
    private readonly IActorRef _limiter;
    private readonly IActorRef _jobs;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    private readonly WaitingJobs _backlog;
    private readonly HashSet<JobId> _asked = [];
    private readonly Dictionary<JobId, Pursuit> _pursuits = [];
    private readonly Dictionary<JobId, int> _failures = [];

    private ListCursors _cursors = ListCursors.Start;
    private Reservations _reservations = Reservations.None;
    private LaunchWindow _window;
    private bool _pollUnderWay;
    private int _pollFailures;
    private Moment _nextPollAt;
    private bool _reserveUnderWay;
    private bool _extendUnderWay;
    private bool _paused;

    public JobFetcher(
        FetcherSettings settings, IWaitingList buildkite, IActorRef limiter, IActorRef jobs, TimeProvider time, NodeMetrics? metrics = null)
    {
        (_settings, _buildkite, _limiter, _jobs, _time) = (settings, buildkite, limiter, jobs, time);
        _backlog = new WaitingJobs(settings.BacklogLimit);
        _window = new LaunchWindow(settings.Concurrency);
        _meter = new FetcherMeter(metrics ?? new NodeMetrics());

        Receive<PollDue>(_ => BeginPoll());
        Receive<PageListed>(OnPage);
        Receive<PollFailed>(OnPollFailed);
        Receive<TakeAnswered>(OnTakeAnswered);
        Receive<TakeTimedOut>(timedOut => OnTakeTimedOut(timedOut.Job));
        Receive<ReserveDue>(_ => ReserveFirst());
        Receive<ReserveAnswered>(OnReserved);
        Receive<ExtensionDue>(_ => Extend());
        Receive<ExtendAnswered>(OnExtended);
        Receive<Launched>(launched => OnLaunched(launched.Job));
        Receive<NotLaunched>(OnNotLaunched);
        Receive<RetryDue>(retry => Retry(retry.Job));
        Receive<HousekeepingDue>(_ => DropSilentLaunches());
        Receive<GetFetcherStatus>(_ => Sender.Tell(Status()));
        Receive<Quiesce>(_ => Leave(Sender));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private Moment Now => _time.GetMoment();

    private Moment? _lastPoll;

    public static Props Props(
        FetcherSettings settings, IWaitingList buildkite, IActorRef limiter, IActorRef jobs, TimeProvider time, NodeMetrics? metrics = null) =>
        Akka.Actor.Props.Create(() => new JobFetcher(settings, buildkite, limiter, jobs, time, metrics));

    protected override void PreStart()
    {
        _meter.Begin();
        Timers.StartPeriodicTimer(nameof(PollDue), PollDue.Instance, _settings.PollInterval);
        Timers.StartPeriodicTimer(nameof(HousekeepingDue), HousekeepingDue.Instance, TimeSpan.FromSeconds(5));
        BeginPoll();
    }

    protected override void PostStop()
    {
        _meter.End();
        // Nothing was created with these: whoever follows gets the tokens at once instead of at their deadlines.
        foreach (var pending in _reservations.First)
        {
            _limiter.Tell(new Return(pending.Job, pending.Grant));
        }

        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void BeginPoll()
    {
        if (!_pollUnderWay && Now >= _nextPollAt)
        {
            _pollUnderWay = true;
            _meter.PollBegan(Now);
            _cursors = _cursors.BeginPoll(_settings.SweepPagesPerPoll);
            ReadPage();
        }
    }

    private void ReadPage()
    {
        _buildkite.ListAsync(_cursors.Next!.After, _settings.PageSize, _stopping.Token)
            .PipeTo(Self, success: page => new PageListed(page), failure: error => new PollFailed(error));
    }

    private void OnPage(PageListed listed)
    {
        var page = listed.Page;
        TakePause(page.Paused);
        _pollFailures = 0;
        _nextPollAt = Now + PollPause.Obey(page.Delay);
        var fitting = page.Jobs.Where(job => _settings.Tags.Fit(job.AgentQueryRules)).ToArray();
        var added = _backlog.Merge(fitting, Now);
        _meter.Listed(page.Jobs.Length, fitting.Length, page.Paused);
        (_cursors, var sweepEnded) = _cursors.PageRead(page.HasNextPage, page.EndCursor);
        LogPage(page.Jobs.Length, added, vanished: sweepEnded ? FinishSweep() : 0);

        if (_cursors.Next is not null)
        {
            ReadPage();
        }
        else
        {
            _pollUnderWay = false;
            _lastPoll = Now;
            _meter.PollEnded(Now, failed: false);
            if (!_cursors.TailReached)
            {
                // A long backlog is being read for the first time: go on at once, the client keeps to the rate limit.
                BeginPoll();
            }
        }

        AskForTokens();
    }

    private void OnPollFailed(PollFailed failed)
    {
        var pause = PollPause.After(failed.Error, ++_pollFailures, _settings.PollInterval);
        _meter.PollEnded(Now, failed: true);
        LogPollFailed(failed.Error, pause);
        _nextPollAt = Now + pause;
        _pollUnderWay = false;
        _cursors = ListCursors.Start;
    }

    /// <summary>Keeps an Ask outstanding for each of the best jobs. Those that better ones have pushed out run into their time-out.</summary>
    private void AskForTokens()
    {
        if (_paused || _leaver is not null)
        {
            return;
        }

        var room = Math.Min(_settings.Concurrency, _window.Size - _pursuits.Count);
        foreach (var job in _backlog.Best(room))
        {
            if (_asked.Count < 2 * _settings.Concurrency && _asked.Add(job.Id))
            {
                Ask(job);
            }
        }
    }

    private void Ask(ScheduledJob job)
    {
        var sentAt = Now;
        _meter.Asked(job.Id, sentAt);
        _limiter.Ask<ITokenAnswer>(
                new Take(job.Id, job.Priority, job.ScheduledAt, _settings.TakeTimeout),
                _settings.TakeTimeout + AnswerGrace,
                _stopping.Token)
            .PipeTo(
                Self,
                success: answer => new TakeAnswered(job.Id, sentAt, answer),
                failure: _ => new TakeTimedOut(job.Id));
    }

    private void OnTakeTimedOut(JobId job)
    {
        _asked.Remove(job);
        AskForTokens();
    }

    private void OnTakeAnswered(TakeAnswered answered)
    {
        _asked.Remove(answered.Job);
        if (answered.Answer is Granted granted)
        {
            OnGranted(granted, answered.SentAt + granted.Remaining);
        }
        else if (_backlog.Pursue(answered.Job) is not null)
        {
            // Listed although its Kubernetes Job exists: its reservation ran out. It is reserved again, not started again.
            LogAlreadyRunning(answered.Job);
            Forget(answered.Job);
            _reservations = _reservations.Extend(answered.Job);
            Reserve();
        }

        AskForTokens();
    }

    private void OnGranted(Granted granted, Moment deadline)
    {
        if (_paused || _leaver is not null || _backlog.Pursue(granted.Job) is not { } job)
        {
            _limiter.Tell(new Return(granted.Job, granted.Grant));
            return;
        }

        _pursuits[granted.Job] = new Pursuit(job, granted.Grant, Now + _settings.LaunchTimeout);
        _reservations = _reservations.Reserve(new PendingReservation(granted.Job, granted.Grant, deadline));
        Reserve();
    }

    private void OnLaunched(JobId job)
    {
        _meter.Launched(_backlog.ListedAt(job), Now);
        EndPursuit(job);
        Forget(job);
        _window = _window.Launched();
        _reservations = _reservations.Extend(job);
        Reserve();
        AskForTokens();
    }

    private void OnNotLaunched(NotLaunched notLaunched)
    {
        EndPursuit(notLaunched.Job);
        if (notLaunched.Outlook == LaunchOutlook.Over)
        {
            Forget(notLaunched.Job);
        }
        else
        {
            _window = _paused ? _window : _window.Failed();
            TryAgain(notLaunched.Job);
        }

        AskForTokens();
    }

    private void RetryLater(JobId job)
    {
        var failures = _failures[job] = _failures.GetValueOrDefault(job) + 1;
        var delay = TimeSpan.FromSeconds(Math.Min(30, _settings.RetryDelay.TotalSeconds * Math.Pow(2, Math.Min(failures, 10) - 1)));
        LogRetry(job, failures, delay);
        Timers.StartSingleTimer(job, new RetryDue(job), delay);
    }

    private void Retry(JobId job)
    {
        _backlog.Resume(job);
        AskForTokens();
    }

    private void DropSilentLaunches()
    {
        _meter.ForgetAllBut(job => _asked.Contains(job) || _backlog.IsWaiting(job));
        var now = Now;
        foreach (var (job, pursuit) in _pursuits.Where(p => p.Value.GiveUpAt <= now).ToArray())
        {
            LogSilentLaunch(job);
            EndPursuit(job);
            Forget(job);
        }

        AskForTokens();
    }

    /// <summary>Returns how many jobs Buildkite lists no more.</summary>
    private int FinishSweep()
    {
        var vanished = _backlog.FinishSweep();
        foreach (var job in vanished)
        {
            _failures.Remove(job);
        }

        return vanished.Count;
    }

    private void Forget(JobId job)
    {
        _backlog.Forget(job);
        _failures.Remove(job);
    }

    private void EndPursuit(JobId job)
    {
        _pursuits.Remove(job);
        TellWhenQuiet();
    }

    /// <summary>A job with a token, until its launch is known to have succeeded or failed.</summary>
    private sealed record Pursuit(ScheduledJob Job, GrantId Grant, Moment GiveUpAt);
}
