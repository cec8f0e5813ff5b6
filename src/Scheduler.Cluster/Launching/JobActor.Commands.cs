using Akka.Actor;
using Akka.Cluster.Sharding;
using Scheduler.Buildkite;
using Scheduler.Cluster.Batching;
using Scheduler.Core.Identity;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;
using Scheduler.Core.Verdicts;

namespace Scheduler.Cluster.Launching;

/// <summary>Each command of <see cref="JobLifecycle"/>, carried out.</summary>
public sealed partial class JobActor
{
    private CancellationToken Stopping => (_stopping ??= new CancellationTokenSource()).Token;

    private void Carry(JobId job, LifecycleCommand command)
    {
        switch (command)
        {
            case LifecycleCommand.Launch launch:
                Launch(launch.Run);
                break;
            case LifecycleCommand.ReturnToken token:
                _parts.Limiter.Tell(new Return(job, token.Grant) { IsClaimed = token.IsClaimed });
                break;
            case LifecycleCommand.TellLaunched:
                _parts.Fetcher.Tell(new Launched(job));
                break;
            case LifecycleCommand.TellNotLaunched told:
                _parts.Fetcher.Tell(new NotLaunched(job, told.Outlook));
                break;
            case LifecycleCommand.WatchState:
                _parts.States.Tell(new WatchState(job));
                break;
            case LifecycleCommand.UnwatchState:
                _parts.States.Tell(new UnwatchState(job));
                break;
            case LifecycleCommand.AskState:
                _parts.States.Tell(new AskState(job));
                break;
            case LifecycleCommand.Finish finish:
                Finish(job, finish);
                break;
            case LifecycleCommand.Remove remove:
                Remove(job, remove);
                break;
            case LifecycleCommand.Notify notice:
                _parts.Notifications.Tell(new Notify(job, notice.Detail));
                break;
            case LifecycleCommand.Stop:
                // Through the shard, so that a message under way to this actor is not lost.
                Context.Parent.Tell(new Passivate(Leave.Instance));
                break;
        }
    }

    private void Launch(Run run) => _parts.Launcher.LaunchAsync(run, Stopping).PipeTo(
        Self,
        success: outcome => new LifecycleEvent.LaunchEnded(run, outcome),
        failure: error => new LifecycleEvent.LaunchEnded(run, new LaunchOutcome.InDoubt(error.Message)));

    private void Finish(JobId job, LifecycleCommand.Finish finish)
    {
        LogFinishing(job, finish);
        FinishAsync(job, finish.Report, Stopping).PipeTo(
            Self, success: outcome => new FinishAnswered(finish.Trouble, outcome, null), failure: error => new FinishAnswered(finish.Trouble, null, error));
    }

    private async Task<FinishOutcome> FinishAsync(JobId job, FailureReport report, CancellationToken cancellationToken)
    {
        var detail = report.EventsOf is { } name
            ? report.With(await EventsAsync(name, cancellationToken).ConfigureAwait(false))
            : report.Detail;
        return await _parts.Effects.FinishAsync(job, report.ExitStatus, detail, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> EventsAsync(string jobName, CancellationToken cancellationToken)
    {
        try
        {
            return EventTable.Draw(await _parts.Effects.ListEventsAsync(jobName, cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException error)
        {
            return EventTable.Unavailable(error.Message);
        }
    }

    private void Remove(JobId job, LifecycleCommand.Remove remove)
    {
        LogRemoving(job, remove);
        RemoveAsync(remove, Stopping).PipeTo(
            Self, success: isDone => new RemoveAnswered(remove, isDone, null), failure: error => new RemoveAnswered(remove, false, error));
    }

    private Task<bool> RemoveAsync(LifecycleCommand.Remove remove, CancellationToken cancellationToken) => remove.What switch
    {
        CleanUp.Pod => _parts.Effects.DeletePodAsync(remove.Name, remove.Uid, remove.AsSeen, cancellationToken),
        CleanUp.Job => _parts.Effects.DeleteJobAsync(remove.Name, remove.Uid, cancellationToken),
        _ => _parts.Effects.SetDeadlineAsync(remove.Name, remove.Uid, remove.Deadline, cancellationToken),
    };

    private void OnFinishAnswered(JobId job, FinishAnswered answered)
    {
        var result = answered switch
        {
            { Outcome: FinishOutcome.AlreadyEnded } => FinishResult.Refused,
            { Outcome: not null } => FinishResult.Done,
            { Error: StacksApiException { IsTransient: false } } => FinishResult.Impossible,
            _ => FinishResult.TryAgain,
        };
        LogFinished(job, answered, result);
        _parts.Gauges.Finished(answered.Trouble, result);
        Take(job, new LifecycleEvent.FinishEnded(result));
    }

    private void OnRemoveAnswered(JobId job, RemoveAnswered answered)
    {
        LogRemoved(job, answered);
        if (answered.HasChanged)
        {
            Take(job, new LifecycleEvent.RemoveEnded(Succeeded: false));
            return;
        }

        _parts.Gauges.Removed(answered.Remove, answered.Error);
        Take(job, new LifecycleEvent.RemoveEnded(answered.Error is null));
    }

    private sealed record FinishAnswered(Trouble? Trouble, FinishOutcome? Outcome, Exception? Error);

    private sealed record RemoveAnswered(LifecycleCommand.Remove Remove, bool IsDone, Exception? Error)
    {
        /// <summary>It is not any more what was to be removed.</summary>
        public bool HasChanged => Remove.AsSeen is not null && !IsDone && Error is null;
    }
}
