using Akka.Event;
using Scheduler.Core.Identity;
using Scheduler.Core.Lifecycle;

namespace Scheduler.Cluster.Launching;

public sealed partial class JobActor
{
    private ILoggingAdapter? _adapter;

    private ILoggingAdapter Log => _adapter ??= Context.GetLogger();

    private void LogTurn(JobLifecycle before, JobLifecycle after, LifecycleEvent happened)
    {
        if (happened is LifecycleEvent.LaunchEnded ended)
        {
            LogOutcome(after.Job, ended.Outcome);
        }

        if (after.Ended && !before.Ended && happened is LifecycleEvent.StateKnown known)
        {
            Log.Info("Buildkite says that the job is {State} job-uuid={JobUuid}", known.State, after.Job);
        }

        if (after.Stage != before.Stage)
        {
            Log.Info(
                "{Before} -> {After}, Kubernetes Job {Name}, pod {Pod} job-uuid={JobUuid}",
                before.Stage, after.Stage, after.KubernetesJob?.Name ?? "none", after.Pod?.Name ?? "none", after.Job);
        }
    }

    private void LogOutcome(JobId job, LaunchOutcome outcome)
    {
        switch (outcome)
        {
            case LaunchOutcome.Created created:
                Log.Info("created Kubernetes Job {Name} job-uuid={JobUuid}", created.Name, job);
                break;
            case LaunchOutcome.AlreadyThere there:
                Log.Info("Kubernetes Job {Name} exists already and is unfinished job-uuid={JobUuid}", there.Name, job);
                break;
            case LaunchOutcome.NothingCreated nothing:
                Log.Warning("not launched ({Outlook}): {Why} job-uuid={JobUuid}", nothing.Outlook, nothing.Why, job);
                break;
            case LaunchOutcome.Impossible impossible:
                Log.Warning("cannot be launched: {Why} job-uuid={JobUuid}", FirstLine(impossible.Detail), job);
                break;
            case LaunchOutcome.InDoubt doubt:
                Log.Warning("launch of unknown outcome, left to the limiter to find out: {Why} job-uuid={JobUuid}", doubt.Why, job);
                break;
        }
    }

    private void LogFinishing(JobId job, LifecycleCommand.Finish finish) =>
        Log.Info("failing the Buildkite job: {Why} job-uuid={JobUuid}", FirstLine(finish.Report.Detail), job);

    private void LogFinished(JobId job, FinishAnswered answered, FinishResult result)
    {
        switch (result)
        {
            case FinishResult.Done:
                Log.Info("failed the Buildkite job ({Outcome}) job-uuid={JobUuid}", answered.Outcome, job);
                break;
            case FinishResult.Refused:
                Log.Info("Buildkite did not let the job be failed: it has ended, or an agent has it job-uuid={JobUuid}", job);
                break;
            default:
                Log.Warning("the Buildkite job could not be failed ({Result}): {Error} job-uuid={JobUuid}", result, answered.Error?.Message, job);
                break;
        }
    }

    private void LogRemoving(JobId job, LifecycleCommand.Remove remove) => Log.Info(
        "clearing away {What} {Name} because of {Why} job-uuid={JobUuid}", remove.What, remove.Name, remove.Why, job);

    private void LogRemoved(JobId job, RemoveAnswered answered)
    {
        if (answered.Error is { } error)
        {
            Log.Warning("{What} {Name} could not be cleared away: {Error} job-uuid={JobUuid}", answered.Remove.What, answered.Remove.Name, error.Message, job);
        }
    }

    private static string FirstLine(string text) => text.AsSpan().IndexOf('\n') is >= 0 and var end ? text[..end] : text;
}
