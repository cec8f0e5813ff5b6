using Akka.Event;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Fetching;

public sealed partial class JobFetcher
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogPage(int listed, int added, int vanished)
    {
        if (added > 0 || vanished > 0)
        {
            _log.Info("listed {Listed} jobs: {Added} new, {Vanished} gone; {Waiting} waiting", listed, added, vanished, _backlog.Count);
        }
    }

    private void LogPause(bool paused)
    {
        if (paused != _paused)
        {
            _log.Info(paused ? "the queue is paused: no job is started until it is resumed" : "the queue is resumed");
        }
    }

    private void LogPollFailed(Exception error, TimeSpan pause) => _log.Warning(
        "listing jobs failed and will be tried again in {Pause}: {Error}", pause > _settings.PollInterval ? pause : _settings.PollInterval, error.Message);

    private void LogReserveFailed(int jobs, Exception error) =>
        _log.Warning("reserving {Jobs} jobs failed; those in doubt are tried again: {Error}", jobs, error.Message);

    private void LogExtendFailed(int jobs, Exception error) =>
        _log.Warning("extending the reservations of {Jobs} jobs failed and will be repeated: {Error}", jobs, error.Message);

    private void LogNotReserved(JobId job) =>
        _log.Info("not reserved: taken by another stack, cancelled or ended job-uuid={JobUuid}", job);

    private void LogAlreadyRunning(JobId job) =>
        _log.Info("listed again although its Kubernetes Job is unfinished: reserving it again job-uuid={JobUuid}", job);

    private void LogRetry(JobId job, int failures, TimeSpan delay) =>
        _log.Info("launch failed {Failures} times, trying again in {Delay} job-uuid={JobUuid}", failures, delay, job);

    private void LogSilentLaunch(JobId job) =>
        _log.Warning("no news of a launch for {Timeout}; Buildkite lists the job again when its reservation ends job-uuid={JobUuid}", _settings.LaunchTimeout, job);
}
