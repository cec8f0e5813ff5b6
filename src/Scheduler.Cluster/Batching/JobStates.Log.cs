using Akka.Event;

namespace Scheduler.Cluster.Batching;

public sealed partial class JobStates
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogFailed(int jobs, Exception error) =>
        _log.Warning("asking Buildkite for the states of {Jobs} jobs failed; the next round asks again: {Error}", jobs, error.Message);
}
