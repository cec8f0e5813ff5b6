using Microsoft.Extensions.Logging;

namespace Scheduler.Sandbox.Kubelet;

internal static partial class KubeletLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The watch of pods broke; listing again")]
    public static partial void WatchBroke(ILogger logger, Exception trouble);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pod {Pod} is left as it is")]
    public static partial void PodFailed(ILogger logger, Exception trouble, string pod);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: the simulated agent gives up: {Reason}")]
    public static partial void AgentGaveUp(ILogger logger, string job, string reason);
}
