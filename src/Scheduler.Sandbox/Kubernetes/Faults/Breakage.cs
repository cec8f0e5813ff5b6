namespace Scheduler.Sandbox.Kubernetes.Faults;

/// <summary>How an answer gets lost or spoiled.</summary>
public enum Breakage
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The connection is reset and nothing was done.</summary>
    ResetBeforeCommit,

    /// <summary>The connection is reset although everything was done: the client cannot know.</summary>
    ResetAfterCommit,

    /// <summary>Everything was done, half of the answer arrives, then the connection is reset.</summary>
    TruncatedBody,

    /// <summary>Everything was done; the answer is complete, but it is not JSON.</summary>
    GarbageBody,
}
