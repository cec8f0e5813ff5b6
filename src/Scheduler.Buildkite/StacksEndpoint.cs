namespace Scheduler.Buildkite;

/// <summary>The calls of the Stacks API; each has its own rate limit.</summary>
public enum StacksEndpoint
{
    Token,
    Register,
    Deregister,
    ListScheduled,
    Reserve,
    GetJob,
    GetStates,
    Finish,
    Notify,
}
