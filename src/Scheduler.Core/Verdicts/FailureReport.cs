namespace Scheduler.Core.Verdicts;

/// <summary>Why a job is failed, for the author of the pipeline.</summary>
/// <param name="Detail">The text; cropped to 4096 bytes when sent.</param>
/// <param name="EventsOf">The Kubernetes Job whose events are to follow the text; null = none.</param>
public sealed record FailureReport(string Detail, string? EventsOf)
{
    /// <summary>Buildkite's own "stack error".</summary>
    public const int StackError = -1;

    /// <summary>What a pipeline's retry rules see; never 0.</summary>
    public int ExitStatus { get; init; } = StackError;

    /// <summary>With the table, or the sentence in its place.</summary>
    public string With(string events) => Detail + "\n" + events;
}
