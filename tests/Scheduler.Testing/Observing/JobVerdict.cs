namespace Scheduler.Testing.Observing;

/// <summary>What a judge has seen so far.</summary>
/// <param name="Unfinished">Jobs unfinished now.</param>
/// <param name="Peak">Most unfinished at once.</param>
/// <param name="Jobs">Buildkite jobs that got a Kubernetes Job.</param>
/// <param name="Duplicated">Buildkite jobs that got more than one.</param>
/// <param name="Failure">Why the judge cannot judge any more; null while it can.</param>
public sealed record JobVerdict(int Unfinished, int Peak, int Jobs, int Duplicated, string? Failure)
{
    /// <summary>Most unfinished right after a creation; Jobs that were there at the start count, but not their own creation.</summary>
    public int PeakOnCreation { get; init; }
}
