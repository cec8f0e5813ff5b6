namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>How often an agent calls. A real agent crashes on less than one second.</summary>
public sealed record AgentIntervals
{
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan JobStatus { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(60);
}
