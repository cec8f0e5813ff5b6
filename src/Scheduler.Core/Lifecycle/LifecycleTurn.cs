using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>One event being answered: launches here, what Kubernetes shows and what follows from it in the other parts.</summary>
internal sealed partial class LifecycleTurn(JobLifecycle state, DateTimeOffset now, LifecycleSettings settings)
{
    private readonly ImmutableArray<LifecycleCommand>.Builder _commands = ImmutableArray.CreateBuilder<LifecycleCommand>();
    private JobLifecycle _state = state;

    public LifecycleStep Take(LifecycleEvent happened)
    {
        JobStanding? standing = null;
        switch (happened)
        {
            case LifecycleEvent.Started started:
                OnRun(started.Run);
                break;
            case LifecycleEvent.LaunchEnded ended when ended.Run.Grant == _state.Launching?.Grant:
                OnLaunchEnded(ended.Run.Grant, ended.Outcome);
                break;
            case LifecycleEvent.Observed observed:
                See(observed.Seen);
                break;
            case LifecycleEvent.StateKnown known:
                standing = Hear(known.State);
                break;
            case LifecycleEvent.FinishEnded ended when _state.Reporting is { } report:
                OnFinishEnded(report, ended.How);
                break;
            case LifecycleEvent.RemoveEnded ended when _state.Order is { DueAt: null } order:
                OnRemoveEnded(order, ended.Succeeded);
                break;
        }

        Decide(standing);
        return new LifecycleStep(_state, _commands.ToImmutable());
    }

    private void OnRun(Run run)
    {
        if (IsFailed)
        {
            Reject(run);
        }
        else if (_state.Launching is null)
        {
            Launch(run);
        }
        else if (run.Grant != _state.Launching.Grant && run.Grant != _state.NextLaunch?.Grant)
        {
            if (_state.NextLaunch is { } skipped)
            {
                Do(new LifecycleCommand.ReturnToken(skipped.Grant));
            }

            _state = _state with { NextLaunch = run };
        }
    }

    private void OnLaunchEnded(GrantId grant, LaunchOutcome outcome)
    {
        _state = _state with { Launching = null };
        Conclude(grant, outcome);
        if (outcome.Notice is { } notice)
        {
            Tell(notice, FailureText.LaunchDelayed(notice));
        }

        foreach (var warning in outcome.Warnings)
        {
            Tell(warning, warning);
        }

        if (_state.NextLaunch is { } next)
        {
            _state = _state with { NextLaunch = null };
            OnRun(next);
        }
    }

    private void Conclude(GrantId grant, LaunchOutcome outcome)
    {
        switch (outcome)
        {
            case LaunchOutcome.Created created:
                Do(new LifecycleCommand.TellLaunched());
                Do(new LifecycleCommand.Notify(FailureText.Created));
                RememberCreated(created, grant);
                break;
            case LaunchOutcome.AlreadyThere:
                // The token counts for that Job until the watch, or the limiter's read after the deadline, does.
                Do(new LifecycleCommand.TellLaunched());
                break;
            case LaunchOutcome.NothingCreated nothing:
                Do(new LifecycleCommand.ReturnToken(grant, outcome.IsClaimed));
                Do(new LifecycleCommand.TellNotLaunched(nothing.Outlook));
                break;
            case LaunchOutcome.Impossible impossible:
                Do(new LifecycleCommand.ReturnToken(grant, outcome.IsClaimed));
                Do(new LifecycleCommand.TellNotLaunched(LaunchOutlook.Over));
                if (!IsFailed)
                {
                    Fail(new FailureReport(impossible.Detail, null));
                }

                break;
            case LaunchOutcome.InDoubt:
                Do(new LifecycleCommand.TellNotLaunched(LaunchOutlook.TryAgain));
                break;
        }
    }

    private void Launch(Run run)
    {
        _state = _state with { Launching = run };
        Do(new LifecycleCommand.Launch(run));
    }

    /// <summary>A job that is being failed, or has ended, is not started any more.</summary>
    private void Reject(Run run)
    {
        Do(new LifecycleCommand.ReturnToken(run.Grant));
        Do(new LifecycleCommand.TellNotLaunched(LaunchOutlook.Over));
    }

    private bool IsFailed => _state.Ended || _state.Reporting is not null || _state.Unsent is not null;

    /// <summary>Once per reason, numbers apart: a quota that is used up counts on.</summary>
    private void Tell(string reason, string text)
    {
        var key = string.Concat(reason.Where(c => !char.IsAsciiDigit(c)));
        if (_state.Told.Count < settings.MostReasonsTold && !_state.Told.Contains(key))
        {
            Do(new LifecycleCommand.Notify(text));
            _state = _state with { Told = _state.Told.Add(key) };
        }

        _state = _state with { LingerUntil = now + settings.Linger };
    }

    private void Do(LifecycleCommand command) => _commands.Add(command);
}
