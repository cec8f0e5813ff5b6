using Akka.Event;
using Scheduler.Core.Identity;

namespace Scheduler.Cluster.Launching;

public sealed partial class JobActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void LogOutcome(JobId job, LaunchOutcome outcome)
    {
        switch (outcome)
        {
            case LaunchOutcome.Created created:
                _log.Info("created Kubernetes Job {Name} job-uuid={JobUuid}", created.Name, job);
                break;
            case LaunchOutcome.AlreadyThere there:
                _log.Info("Kubernetes Job {Name} exists already and is unfinished job-uuid={JobUuid}", there.Name, job);
                break;
            case LaunchOutcome.NothingCreated nothing:
                _log.Warning("not launched ({Outlook}): {Why} job-uuid={JobUuid}", nothing.Outlook, nothing.Why, job);
                break;
            case LaunchOutcome.InDoubt doubt:
                _log.Warning("launch of unknown outcome, left to the limiter to find out: {Why} job-uuid={JobUuid}", doubt.Why, job);
                break;
        }
    }
}
