namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>How long the server waits before it acts by itself (stacks-api.md §15). Values marked "assumed" are not documented.</summary>
public sealed record StateRules
{
    /// <summary>A job nobody took in this time expires. Documented default: 30 days.</summary>
    public TimeSpan JobLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>An assigned job that its agent did not accept goes back to the list. Assumed.</summary>
    public TimeSpan AssignedTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>An accepted job that its agent did not start goes back to the list. Assumed.</summary>
    public TimeSpan AcceptedTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An agent silent for so long is lost, and its job finished with exit status −1. Documented: 3 to 4 minutes.</summary>
    public TimeSpan AgentTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a canceling or timing-out job waits for its agent. Assumed.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after a pause a job may still be started before that counts as a violation.</summary>
    public TimeSpan PauseGrace { get; init; } = TimeSpan.FromSeconds(5);
}
