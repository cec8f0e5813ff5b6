namespace Scheduler.Sandbox.Buildkite.Faults;

/// <summary>When the connection breaks without an answer.</summary>
public enum ConnectionReset
{
    None,

    /// <summary>Nothing happens on the server.</summary>
    BeforeEffect,

    /// <summary>The server has done what was asked; the caller does not learn of it.</summary>
    AfterEffect,
}
