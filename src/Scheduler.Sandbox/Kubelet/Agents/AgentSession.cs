namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>What the register answer gave the agent.</summary>
internal sealed record AgentSession(string Token, TimeSpan JobStatusInterval, TimeSpan HeartbeatInterval);

/// <summary>What the acquire answer gave the agent.</summary>
internal sealed record AcquiredJob(string Id, string Token, IReadOnlyDictionary<string, string> Env);
