using System.Text.Json.Serialization;

namespace Scheduler.Demo;

/// <summary>How a demo went, as counted by the sandbox, never by the scheduler itself.</summary>
/// <param name="Jobs">Jobs enqueued at Buildkite.</param>
/// <param name="Succeeded">Jobs that an agent ran to success.</param>
/// <param name="Failed">Jobs that ended otherwise.</param>
/// <param name="Lost">Jobs that had not ended when the demo did.</param>
/// <param name="Duplicated">Jobs that got more than one Kubernetes Job, or were started more than once.</param>
/// <param name="MaxInFlight">The limit; 0 = unlimited.</param>
/// <param name="PeakInFlight">Most unfinished Kubernetes Jobs at once.</param>
/// <param name="LimitExceeded">Creations that brought the number of unfinished Jobs above the limit.</param>
/// <param name="Kills">Nodes that crashed.</param>
/// <param name="ElapsedSeconds">From the moment the jobs were enqueued until the last one ended.</param>
/// <param name="JobsPerSecond">Jobs ended per second of that.</param>
/// <param name="LatencyMs">From enqueued to started by an agent, waiting for a token included.</param>
internal sealed record DemoReport(
    int Jobs,
    int Succeeded,
    int Failed,
    int Lost,
    int Duplicated,
    int MaxInFlight,
    int PeakInFlight,
    int LimitExceeded,
    int Kills,
    double ElapsedSeconds,
    double JobsPerSecond,
    LatencyPercentiles LatencyMs)
{
    [JsonIgnore]
    public bool IsClean => Succeeded == Jobs && Lost == 0 && Duplicated == 0 && LimitExceeded == 0;
}

/// <summary>Milliseconds.</summary>
internal sealed record LatencyPercentiles(double P50, double P90, double P99);
