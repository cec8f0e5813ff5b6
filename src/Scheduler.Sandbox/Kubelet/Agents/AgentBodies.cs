using System.Text.Json.Serialization;

namespace Scheduler.Sandbox.Kubelet.Agents;

internal sealed record AgentRegistration(
    string Name, string Hostname, string Os, string Arch, bool IgnoreInDispatches, IReadOnlyList<string> MetaData);

internal sealed record Heartbeat(string SentAt);

internal sealed record JobStart(string StartedAt);

internal sealed record JobFinish(string ExitStatus, string? SignalReason, string FinishedAt, int ChunksFailedCount);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentRegistration))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(JobStart))]
[JsonSerializable(typeof(JobFinish))]
internal sealed partial class AgentJson : JsonSerializerContext;
