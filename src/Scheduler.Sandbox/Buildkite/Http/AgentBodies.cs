namespace Scheduler.Sandbox.Buildkite.Http;

internal sealed record AgentBody(
    string Id,
    string Name,
    string AccessToken,
    int PingInterval,
    int JobStatusInterval,
    int HeartbeatInterval,
    IReadOnlyList<string> MetaData);

internal sealed record HeartbeatBody(string SentAt, string ReceivedAt);

internal sealed record PingBody(string Action, AgentJobBody? Job);

internal sealed record DisconnectBody(string Id, string ConnectionState);

internal sealed record JobStateBody(string Id, string State);

/// <summary>The job as an agent gets it (stacks-api.md §17.4).</summary>
internal sealed record AgentJobBody(
    string Id,
    string State,
    IReadOnlyDictionary<string, string> Env,
    StepBody Step,
    int ChunksMaxSizeBytes,
    int ChunksIntervalSeconds,
    int LogMaxSizeBytes,
    string Token,
    int Priority,
    string RunnableAt,
    string ExitStatus,
    string Signal,
    string SignalReason,
    string? StartedAt,
    string? FinishedAt,
    int ChunksFailedCount);
