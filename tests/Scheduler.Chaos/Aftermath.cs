using Scheduler.Chaos.World;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Chaos;

/// <summary>The end of a run, with everything healed: all jobs end, and then all tokens must be there.</summary>
internal sealed class Aftermath(ChaosWorld world)
{
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FillPatience = TimeSpan.FromSeconds(60);

    /// <summary>Long enough for as many as the limit allows to run at the same time.</summary>
    private const string LongDuration = "15s";

    /// <summary>Tokens that were not there; null if that could not be told, since jobs did not end.</summary>
    public int? Leaked { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await DrainAsync(cancellationToken))
        {
            return;
        }

        var most = 0;
        await world.Buildkite.EnqueueManyAsync(
            ChaosWorld.Limit,
            new NewJob { Env = new Dictionary<string, string> { ["SANDBOX_DURATION"] = LongDuration } },
            cancellationToken);
        await Patience.UntilAsync(
            () =>
            {
                most = Math.Max(most, world.Judge.Current.Unfinished);
                return most == ChaosWorld.Limit || world.Buildkite.Observer.Unended == 0;
            },
            FillPatience,
            cancellationToken);
        Leaked = ChaosWorld.Limit - most;
        world.Log.Write($"at the end {most} of {ChaosWorld.Limit} tokens are there");
        await DrainAsync(cancellationToken);
    }

    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        var buildkite = world.Buildkite.Observer;
        var time = await Patience.UntilAsync(
            () => buildkite.Unended == 0 && world.Judge.Current.Unfinished == 0, DrainPatience, cancellationToken);
        if (time is null)
        {
            world.Log.Write(
                $"after {DrainPatience.TotalSeconds} s {buildkite.Unended} jobs have not ended ({buildkite.Count(JobState.Scheduled)} wait, {buildkite.Count(JobState.Reserved)} are reserved), {world.Judge.Current.Unfinished} Jobs are unfinished");
            foreach (var job in buildkite.Jobs().Where(job => !Sandbox.Buildkite.Model.JobStates.IsTerminal(job.State)).Take(20))
            {
                world.Log.Write($"  job {job.Id}: {string.Join(", ", job.History.Select(step => $"{step.At:HH:mm:ss.fff} {step.State} {step.Cause}"))}");
            }

            return false;
        }

        world.Log.Write($"all jobs have ended after another {time.Value.TotalSeconds:F1} s");
        return true;
    }
}
