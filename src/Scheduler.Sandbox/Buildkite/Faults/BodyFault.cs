namespace Scheduler.Sandbox.Buildkite.Faults;

/// <summary>What is wrong with the body of an otherwise good answer.</summary>
public enum BodyFault
{
    None,
    Empty,

    /// <summary>The first half only.</summary>
    Truncated,

    /// <summary>A page as a broken proxy would send.</summary>
    NotJson,
}
