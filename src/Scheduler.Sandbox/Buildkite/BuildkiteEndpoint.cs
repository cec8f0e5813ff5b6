namespace Scheduler.Sandbox.Buildkite;

/// <summary>The calls that the server knows.</summary>
public enum BuildkiteEndpoint
{
    /// <summary><c>GET token</c></summary>
    Token,

    /// <summary><c>POST stacks/register</c></summary>
    RegisterStack,

    /// <summary><c>POST stacks/{key}/deregister</c></summary>
    DeregisterStack,

    /// <summary><c>GET stacks/{key}/scheduled-jobs</c></summary>
    ListScheduledJobs,

    /// <summary><c>PUT stacks/{key}/scheduled-jobs/batch-reserve</c></summary>
    ReserveJobs,

    /// <summary><c>GET stacks/{key}/jobs/{uuid}</c></summary>
    GetJob,

    /// <summary><c>POST stacks/{key}/jobs/get-states</c></summary>
    GetJobStates,

    /// <summary><c>POST stacks/{key}/jobs/{uuid}/finish</c></summary>
    FinishJob,

    /// <summary><c>POST stacks/{key}/notifications</c></summary>
    Notify,

    /// <summary><c>POST register</c></summary>
    AgentRegister,

    /// <summary><c>POST connect</c></summary>
    AgentConnect,

    /// <summary><c>POST heartbeat</c></summary>
    AgentHeartbeat,

    /// <summary><c>GET ping</c></summary>
    AgentPing,

    /// <summary><c>POST disconnect</c></summary>
    AgentDisconnect,

    /// <summary><c>PUT jobs/{id}/acquire</c></summary>
    AgentAcquire,

    /// <summary><c>PUT jobs/{id}/accept</c></summary>
    AgentAccept,

    /// <summary><c>PUT jobs/{id}/start</c></summary>
    AgentStart,

    /// <summary><c>POST jobs/{id}/chunks</c></summary>
    AgentChunks,

    /// <summary><c>POST jobs/{id}/header_times</c></summary>
    AgentHeaderTimes,

    /// <summary><c>GET jobs/{id}</c></summary>
    AgentJobState,

    /// <summary><c>PUT jobs/{id}/finish</c></summary>
    AgentFinish,
}
