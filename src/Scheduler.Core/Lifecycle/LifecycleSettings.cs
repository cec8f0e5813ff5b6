using Scheduler.Core.Verdicts;

namespace Scheduler.Core.Lifecycle;

/// <summary>How a job's life is led.</summary>
public sealed record LifecycleSettings
{
    public VerdictSettings Verdict { get; init; } = new();

    /// <summary>The deadline a Job that got no pod is ended by.</summary>
    public TimeSpan StalledDeadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>First pause after Buildkite or Kubernetes could not be reached; doubled each time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After this long a question about the job's state counts as lost and is asked again.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A Job that was created and is not seen for this long is forgotten: it came and went unseen, or will be announced.
    /// </summary>
    public TimeSpan SightingPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// So long what the watch shows may be older than what it showed before. All is shown again every minute, so what is older
    /// after this is so for good: revisions went back.
    /// </summary>
    public TimeSpan OldNewsFor { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// Between the news that a job has ended and the removal of what it left pending: a pod that ran so fast that the watch lags
    /// behind is no longer seen pending by then.
    /// </summary>
    public TimeSpan ReleasePause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The same for a job that Buildkite calls finished: somebody ran it, most likely this very pod, and only the news of that is
    /// late. An API server that was out of reach lets kubelets report it many seconds after Buildkite knew.
    /// </summary>
    public TimeSpan FinishedPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What was cleared away and is still seen after this is cleared away again.</summary>
    public TimeSpan RemoveAgainAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it is remembered, after a launch that failed for a passing reason, which reasons the author was told.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most reasons for a delay the author is told of one job; Buildkite takes 100 lines per job in all.</summary>
    public int MostReasonsTold { get; init; } = 10;

    public TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
