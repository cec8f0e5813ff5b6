using System.Globalization;
using Scheduler.Chaos.Faults;
using Scheduler.Chaos.World;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite.Model;
using Scheduler.Sandbox.Buildkite.Observation;
using Scheduler.Testing.Observing;

namespace Scheduler.Chaos;

/// <summary>What the observers say of a whole run.</summary>
/// <param name="Verdict">Of the judge of Kubernetes' store.</param>
/// <param name="Jobs">Jobs that were enqueued.</param>
/// <param name="Lost">Jobs that have not ended.</param>
/// <param name="RunTwice">Jobs that agents started twice.</param>
/// <param name="SecondPods">Jobs that a second agent came for and was refused: the Job controller had replaced a pod.</param>
/// <param name="Failed">Jobs that ended otherwise than with exit status 0.</param>
/// <param name="Leaked">Tokens that were missing at the end; null if it could not be told.</param>
/// <param name="BrokenRules">Rules of Buildkite's API that were broken.</param>
/// <param name="Faults">What struck.</param>
internal sealed record Summary(
    JobVerdict Verdict,
    int Jobs,
    int Lost,
    int RunTwice,
    int SecondPods,
    int Failed,
    int? Leaked,
    IReadOnlyList<string> BrokenRules,
    IReadOnlyList<FaultRecord> Faults)
{
    public static Summary Of(ChaosWorld world, Campaign campaign, Aftermath aftermath)
    {
        var observer = world.Buildkite.Observer;
        return new Summary(
            world.Judge.Current,
            observer.Total,
            observer.Unended,
            observer.Jobs().Count(job => job.Facts.Started > 1),
            observer.Jobs().Count(job => job.Facts.DuplicateAcquires > 0),
            observer.Jobs().Count(IsFailed),
            aftermath.Leaked,
            observer.Violations,
            campaign.Records);
    }

    /// <summary>Ended, and not well.</summary>
    public static bool IsFailed(JobTrace job) =>
        JobStates.IsTerminal(job.State) && (job.State, job.Facts.ExitStatus) != (JobState.Finished, 0);

    public int KillsAndStalls => Faults.Count(fault => fault.Fault.Kind is FaultKind.Kill or FaultKind.Stall);

    /// <summary>All that must not be; empty if the promises were kept.</summary>
    public IEnumerable<string> Problems()
    {
        if (Verdict.Failure is { } blind)
        {
            yield return $"the judge could not judge: {blind}";
        }

        if (Verdict.Peak > ChaosWorld.Limit)
        {
            yield return $"{Verdict.Peak} Jobs were unfinished at once, and the limit is {ChaosWorld.Limit}";
        }

        if (Lost > 0)
        {
            yield return $"{Lost} jobs were lost";
        }

        if (Verdict.Duplicated > 0)
        {
            yield return $"{Verdict.Duplicated} jobs got more than one Kubernetes Job";
        }

        if (RunTwice > 0)
        {
            yield return $"{RunTwice} jobs ran twice";
        }

        if (Failed > 0)
        {
            yield return $"{Failed} jobs failed, and none had a reason to";
        }

        if (Leaked is not 0)
        {
            yield return Leaked is { } leaked ? $"{leaked} tokens leaked" : "whether tokens leaked cannot be told";
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Faults.Count} faults ({ByKind()}), {KillsAndStalls} of them kills or stalls; peak {Verdict.Peak} of {ChaosWorld.Limit}, {Jobs} jobs, {Verdict.Jobs} with a Kubernetes Job, {Verdict.Duplicated} duplicated, {RunTwice} run twice, {SecondPods} with a second pod, {Lost} lost, {Failed} failed, {(Leaked is { } leaked ? leaked : "?")} tokens leaked, {BrokenRules.Count} rules of Buildkite broken");

    private string ByKind() => string.Join(
        ", ", Faults.GroupBy(fault => fault.Fault.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Count()}"));
}
