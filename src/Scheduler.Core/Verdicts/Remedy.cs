namespace Scheduler.Core.Verdicts;

/// <summary>What to do about a <see cref="Trouble"/>, once Buildkite has said where the job stands.</summary>
/// <param name="FailJob">End the Buildkite job as failed, with the trouble's message.</param>
/// <param name="CleanUp">Then, or instead, clear this away.</param>
/// <param name="TellAuthor">Put a line on the job's timeline.</param>
public sealed record Remedy(bool FailJob, CleanUp CleanUp, bool TellAuthor = false)
{
    /// <summary>Leave it: it is not ours to judge, or there is nothing left to do.</summary>
    public static Remedy None { get; } = new(FailJob: false, CleanUp.Nothing);

    /// <summary>
    /// The table. A job that an agent has is left to it. One that has ended releases what it has in Kubernetes. In every other
    /// case the job is failed; for a job Buildkite does not know only if something must be cleared away anyway, since
    /// Buildkite then is the judge of the attempt.
    /// </summary>
    public static Remedy For(Trouble trouble, JobStanding standing) => (trouble, standing) switch
    {
        (Trouble.ContainersStuck, JobStanding.Owned) => None with { TellAuthor = true },
        (_, JobStanding.Owned) => None,
        (Trouble.NodeLost, JobStanding.Elsewhere) => None,
        (Trouble.NodeLost, _) => new Remedy(FailJob: false, CleanUp.Pod),
        (_, JobStanding.Ended) => new Remedy(FailJob: false, Release(trouble)),
        (Trouble.PodFailed or Trouble.NoPodEver or Trouble.DeadlineExceeded or Trouble.JobDeleted, JobStanding.Elsewhere) => None,
        _ => new Remedy(FailJob: true, Settle(trouble)),
    };

    private static CleanUp Release(Trouble trouble) => trouble switch
    {
        Trouble.Stalled => CleanUp.Job,
        _ => Settle(trouble),
    };

    private static CleanUp Settle(Trouble trouble) => trouble switch
    {
        Trouble.Stalled => CleanUp.JobByDeadline,
        // After a failed init container the kubelet ends the pod by itself.
        Trouble.ContainersStuck or Trouble.PendingTooLong => CleanUp.Pod,
        _ => CleanUp.Nothing,
    };
}
