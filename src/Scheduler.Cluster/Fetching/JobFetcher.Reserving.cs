using System.Collections.Immutable;
using Akka.Actor;
using Scheduler.Core.Backlog;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Fetching;

/// <summary>Reservations and their extensions: one call of each kind at a time, so that what comes in meanwhile shares the next.</summary>
public sealed partial class JobFetcher
{
    private static readonly TimeSpan ExtensionPause = TimeSpan.FromSeconds(2);

    private Moment _nextReserveAt;

    private void Reserve()
    {
        ReserveFirst();
        ExtendLater();
    }

    private void ReserveFirst()
    {
        if (_reserveUnderWay || _reservations.First.IsEmpty)
        {
            return;
        }

        var now = Now;
        if (now < _nextReserveAt)
        {
            Timers.StartSingleTimer(nameof(ReserveDue), ReserveDue.Instance, _nextReserveAt - now);
            return;
        }

        (_reservations, var batch, var tooLate) = _reservations.NextFirst(now + LeastUseful);
        foreach (var late in tooLate)
        {
            GiveBack(late);
            _backlog.Resume(late.Job);
        }

        if (batch.Length > 0)
        {
            _reserveUnderWay = true;
            _nextReserveAt = now + _settings.ReserveSpacing;
            _buildkite.ReserveAsync([.. batch.Select(pending => pending.Job)], _settings.FirstReservation, _stopping.Token)
                .PipeTo(
                    Self,
                    success: answer => new ReserveAnswered(batch, answer),
                    failure: error => new ReserveAnswered(batch, new ReservationAnswer([], [], error)));
        }
    }

    private void OnReserved(ReserveAnswered answered)
    {
        _reserveUnderWay = false;
        var (reserved, notReserved, error) = answered.Answer;
        if (error is not null)
        {
            LogReserveFailed(answered.Batch.Length, error);
        }

        foreach (var pending in answered.Batch)
        {
            if (reserved.Contains(pending.Job) && _pursuits.TryGetValue(pending.Job, out var pursuit) && !_paused)
            {
                _jobs.Tell(new Run(pending.Job, pending.Grant, pursuit.Job.Priority, pursuit.Job.AgentQueryRules)
                {
                    SinceListed = Now - _backlog.ListedAt(pending.Job),
                    SinceGranted = Now - pursuit.GiveUpAt + _settings.LaunchTimeout,
                });
            }
            else if (notReserved.Contains(pending.Job))
            {
                LogNotReserved(pending.Job);
                _meter.NotReserved();
                GiveBack(pending);
                Forget(pending.Job);
            }
            else
            {
                GiveBack(pending);
                TryAgain(pending.Job);
            }
        }

        ReserveFirst();
        AskForTokens();
    }

    /// <summary>Extensions wait a moment for company: nothing hurries them, and the calls a second are few.</summary>
    private void ExtendLater()
    {
        if (!_extendUnderWay && !_reservations.Extensions.IsEmpty)
        {
            _extendUnderWay = true;
            Timers.StartSingleTimer(nameof(ExtensionDue), ExtensionDue.Instance, ExtensionPause);
        }
    }

    private void Extend()
    {
        (_reservations, var batch) = _reservations.NextExtensions();
        _buildkite.ReserveAsync(batch, _settings.ReservationExpiry, _stopping.Token)
            .PipeTo(
                Self,
                success: answer => new ExtendAnswered(batch, answer),
                failure: error => new ExtendAnswered(batch, new ReservationAnswer([], [], error)));
    }

    private void OnExtended(ExtendAnswered answered)
    {
        _extendUnderWay = false;
        var (reserved, notReserved, error) = answered.Answer;
        if (error is not null)
        {
            var inDoubt = answered.Batch.Where(job => !reserved.Contains(job) && !notReserved.Contains(job)).ToArray();
            LogExtendFailed(inDoubt.Length, error);
            _reservations = inDoubt.Aggregate(_reservations, (reservations, job) => reservations.Extend(job));
        }

        ExtendLater();
    }

    private void GiveBack(PendingReservation pending)
    {
        EndPursuit(pending.Job);
        _limiter.Tell(new Return(pending.Job, pending.Grant));
    }

    private sealed record ReserveDue
    {
        public static readonly ReserveDue Instance = new();
    }

    private sealed record ExtensionDue
    {
        public static readonly ExtensionDue Instance = new();
    }

    private sealed record ReserveAnswered(ImmutableArray<PendingReservation> Batch, ReservationAnswer Answer);

    private sealed record ExtendAnswered(ImmutableArray<JobId> Batch, ReservationAnswer Answer);
}
