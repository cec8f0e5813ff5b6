using System.Text.Json.Serialization;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>Serializers of every body that the server sends, made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(RateLimitBody))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(StackBody))]
[JsonSerializable(typeof(JobPageBody))]
[JsonSerializable(typeof(ReserveBody))]
[JsonSerializable(typeof(JobBody))]
[JsonSerializable(typeof(StatesBody))]
[JsonSerializable(typeof(NotificationsBody))]
[JsonSerializable(typeof(AgentBody))]
[JsonSerializable(typeof(HeartbeatBody))]
[JsonSerializable(typeof(PingBody))]
[JsonSerializable(typeof(DisconnectBody))]
[JsonSerializable(typeof(JobStateBody))]
[JsonSerializable(typeof(AgentJobBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
