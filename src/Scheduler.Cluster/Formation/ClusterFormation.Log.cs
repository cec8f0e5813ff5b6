using Akka.Event;

namespace Scheduler.Cluster.Formation;

public sealed partial class ClusterFormation
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private string? _lastTrouble;

    private void LogPlan(JoinPlan plan, bool mayFound) =>
        _log.Info("asking {Seeds} for admission{Founding}", string.Join(", ", plan.Seeds), mayFound ? "; forming a cluster if there is none" : "");

    /// <summary>The same trouble every second is told once.</summary>
    private void LogTrouble(Exception? error)
    {
        if (error is not null && error.Message != _lastTrouble)
        {
            _log.Warning("forming the cluster: {Reason}; trying again", error.Message);
        }

        _lastTrouble = error?.Message;
    }

    private void LogLonely() =>
        _log.Warning("this node is alone in its cluster while another cluster has been formed; it leaves and joins again");
}
