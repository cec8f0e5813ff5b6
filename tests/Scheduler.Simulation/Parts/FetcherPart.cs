using System.Collections.Immutable;
using Scheduler.Core.Backlog;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Parts;

/// <summary>A JobFetcher: the real backlog, cursors and reservations, carried out as the actor does.</summary>
internal sealed class FetcherPart(World world, Node node)
{
    private const int PollInterval = 1_000;
    private const int CallPatience = 5_000;
    private const int Concurrency = 3;
    private const int TakePatience = 3_000;
    private const int AnswerGrace = 250;
    private const long LaunchTimeout = 20_000;

    private static readonly TimeSpan LeastUseful = TimeSpan.FromSeconds(1);

    private readonly long _reservationGrace = world.Dice.Number(4_000, 15_000);
    private readonly long _reservationExpiry = world.Dice.Number(5_000, 40_000);
    private readonly WaitingJobs _backlog = new(world.Dice.Number(2, 12));
    private readonly HashSet<JobId> _asked = [];
    private readonly Dictionary<JobId, (GrantId Grant, long GiveUpAt)> _pursuits = [];
    private readonly Dictionary<JobId, int> _failures = [];
    private ListCursors _cursors = ListCursors.Start;
    private Reservations _reservations = Reservations.None;
    private bool _pollUnderWay;
    private bool _reserveUnderWay;
    private bool _stopped;

    public void Start() => Poll();

    /// <summary>Ends it in good order: what was not reserved yet is given back.</summary>
    public void Stop()
    {
        _stopped = true;
        foreach (var pending in _reservations.First)
        {
            Return(pending);
        }
    }

    public void Launched(JobId job)
    {
        _pursuits.Remove(job);
        _backlog.Forget(job);
        _failures.Remove(job);
        _reservations = _reservations.Extend(job);
        Reserve();
        AskForTokens();
    }

    public void NotLaunched(NotLaunched not)
    {
        _pursuits.Remove(not.Job);
        if (not.Outlook == LaunchOutlook.Over)
        {
            _backlog.Forget(not.Job);
            _failures.Remove(not.Job);
        }
        else
        {
            RetryLater(not.Job);
        }

        AskForTokens();
    }

    private void Poll()
    {
        if (_stopped)
        {
            return;
        }

        foreach (var (job, pursuit) in _pursuits)
        {
            if (pursuit.GiveUpAt <= world.Now)
            {
                _pursuits.Remove(job);
                _backlog.Forget(job);
            }
        }

        if (!_pollUnderWay)
        {
            _pollUnderWay = true;
            _cursors = _cursors.BeginPoll(sweepPages: 1);
            ReadPage();
        }

        world.After(PollInterval, node, Poll);
    }

    private void ReadPage()
    {
        var after = _cursors.Next!.After;
        world.Call(
            node,
            Fault.BuildkiteTrouble,
            CallPatience,
            "list of waiting jobs",
            () => world.Buildkite.Page(after),
            page => OnPage(page.Jobs, page.More),
            () => (_pollUnderWay, _cursors) = (false, ListCursors.Start));
    }

    private void OnPage(ImmutableArray<ScheduledJob> jobs, string? more)
    {
        _backlog.Merge(jobs);
        (_cursors, var sweepEnded) = _cursors.PageRead(more is not null, more);
        if (sweepEnded)
        {
            _backlog.FinishSweep();
        }

        if (_cursors.Next is not null)
        {
            ReadPage();
        }
        else
        {
            _pollUnderWay = false;
        }

        AskForTokens();
    }

    private void AskForTokens()
    {
        if (_stopped || _backlog.Count == 0)
        {
            return;
        }

        foreach (var job in _backlog.Best(Concurrency))
        {
            if (_asked.Count < 2 * Concurrency && _asked.Add(job.Id))
            {
                Ask(job);
            }
        }
    }

    private void Ask(ScheduledJob job)
    {
        var (sent, answered) = (node.Clocks.Monotonic, false);
        var take = new Take(job.Id, job.Priority, job.ScheduledAt, TimeSpan.FromMilliseconds(TakePatience));
        world.Send(node, node.Leader, world.IsTraced ? $"Take {Ids.Show(job.Id)}" : "", there => there.Limiter?.Take(
            take,
            node,
            answer =>
            {
                if (!answered && !_stopped && node.Fetcher == this)
                {
                    answered = true;
                    OnAnswer(job.Id, sent, answer);
                }
            }));
        world.After(TakePatience + AnswerGrace, node, () =>
        {
            if (!answered)
            {
                answered = true;
                _asked.Remove(job.Id);
                AskForTokens();
            }
        });
    }

    private void OnAnswer(JobId job, Moment sent, ITokenAnswer answer)
    {
        _asked.Remove(job);
        var waited = _backlog.Pursue(job) is not null;
        if (answer is Granted granted)
        {
            var pending = new PendingReservation(job, granted.Grant, sent + granted.Remaining);
            if (!waited)
            {
                Return(pending);
                return;
            }

            _pursuits[job] = (granted.Grant, world.Now + LaunchTimeout);
            _reservations = _reservations.Reserve(pending);
        }
        else if (waited)
        {
            _backlog.Forget(job);
            _reservations = _reservations.Extend(job);
        }

        Reserve();
        AskForTokens();
    }

    private void Reserve()
    {
        if (_reserveUnderWay || _reservations.IsEmpty || _stopped)
        {
            return;
        }

        (_reservations, var batch, var tooLate) = _reservations.NextFirst(node.Clocks.Monotonic + LeastUseful);
        foreach (var late in tooLate)
        {
            GiveBack(late);
            _backlog.Resume(late.Job);
        }

        if (batch.Length > 0)
        {
            CallReserve([.. batch.Select(pending => pending.Job)], _reservationGrace, reserved => OnReserved(batch, reserved));
        }
        else if (_reservations.Extensions.Count > 0)
        {
            (_reservations, var extended) = _reservations.NextExtensions();
            CallReserve(extended, _reservationExpiry, reserved =>
                _reservations = reserved is null ? extended.Aggregate(_reservations, (all, job) => all.Extend(job)) : _reservations);
        }
    }

    private void CallReserve(ImmutableArray<JobId> jobs, long lasting, Action<ImmutableHashSet<JobId>?> then)
    {
        _reserveUnderWay = true;
        world.Call(node, Fault.BuildkiteTrouble, CallPatience, "reserve", () => world.Buildkite.Reserve(jobs, lasting), Ended, () => Ended(null));

        void Ended(ImmutableHashSet<JobId>? reserved)
        {
            _reserveUnderWay = false;
            then(reserved);
            world.After(150, node, Reserve);
        }
    }

    /// <param name="batch">What was to be reserved.</param>
    /// <param name="reserved">What is; null = nobody knows.</param>
    private void OnReserved(ImmutableArray<PendingReservation> batch, ImmutableHashSet<JobId>? reserved)
    {
        foreach (var pending in batch)
        {
            if (reserved is null)
            {
                GiveBack(pending);
                RetryLater(pending.Job);
            }
            else if (!reserved.Contains(pending.Job))
            {
                GiveBack(pending);
                _backlog.Forget(pending.Job);
            }
            else if (_pursuits.ContainsKey(pending.Job))
            {
                var run = new Run(pending.Job, pending.Grant, 0, []);
                var to = ShardOwner();
                world.Send(node, to, world.IsTraced ? $"Run {Ids.Show(run.Job)} {run.Grant}" : "", there => there.Launcher.Run(run));
            }
            else
            {
                Return(pending);
                _backlog.Forget(pending.Job);
            }
        }

        AskForTokens();
    }

    /// <summary>Any node; in a cluster that has split mostly one of this side.</summary>
    private int ShardOwner()
    {
        var owner = world.Dice.Number(0, World.Nodes - 1);
        return world.Node[owner].Leader != node.Leader && world.Dice.Number(0, 4) > 0 ? node.Index : owner;
    }

    private void RetryLater(JobId job)
    {
        var failures = _failures[job] = _failures.GetValueOrDefault(job) + 1;
        world.After(Math.Min(30_000, 1_000L << Math.Min(failures - 1, 5)), node, () =>
        {
            _backlog.Resume(job);
            AskForTokens();
        });
    }

    private void GiveBack(PendingReservation pending)
    {
        _pursuits.Remove(pending.Job);
        Return(pending);
    }

    /// <summary>Somebody else may have been given the same grant: it goes back only if nobody has claimed it.</summary>
    private void Return(PendingReservation pending) => world.GiveBack(node, pending.Job, pending.Grant, isClaimed: false);
}
