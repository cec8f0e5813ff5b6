using System.Globalization;
using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>The time between start and finish of a job: works, beats, and looks whether the job is still wanted.</summary>
internal sealed class AgentWork(AgentApi api, AgentSession agent, AcquiredJob job, PodRun run, KubeletOptions options)
{
    /// <summary>What shells exit with after SIGTERM.</summary>
    private const int Terminated = 143;

    public async Task<AgentResult> RunAsync(CancellationToken interrupted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, run.Killed);
        var started = options.Time.GetTimestamp();
        var (end, lastBeat) = (Length(), TimeSpan.Zero);
        while (options.Time.GetElapsedTime(started) is var elapsed && elapsed < end)
        {
            var wait = end - elapsed < agent.JobStatusInterval ? end - elapsed : agent.JobStatusInterval;
            try
            {
                await Task.Delay(wait, options.Time, either.Token);
            }
            catch (OperationCanceledException) when (!run.Killed.IsCancellationRequested)
            {
                return new AgentResult(Terminated, "agent_stop", Terminated);
            }

            elapsed = options.Time.GetElapsedTime(started);
            if (elapsed < end && await api.StateAsync(job, run.Killed) is "canceling" or "canceled" or "timing_out" or "timed_out")
            {
                return new AgentResult(Terminated, "cancel", Terminated);
            }

            if (elapsed - lastBeat >= agent.HeartbeatInterval)
            {
                await api.HeartbeatAsync(agent, run.Killed);
                lastBeat = elapsed;
            }
        }

        return interrupted.IsCancellationRequested ? new AgentResult(Terminated, "agent_stop", Terminated) : Result();
    }

    private bool NeverConnects => run.StuckContainer is not null || run.Plan.Behaviour == PodBehaviour.ContainerStartTimeout;

    private TimeSpan Length()
    {
        if (NeverConnects)
        {
            return run.StuckContainer is null && run.Plan.Duration is { } planned ? planned : options.ContainerStartTimeout;
        }

        if (run.Plan.Behaviour is PodBehaviour.Evict or PodBehaviour.NodeLoss)
        {
            return TimeSpan.MaxValue;
        }

        if (run.Plan.Behaviour != PodBehaviour.SlowImage && run.Plan.Duration is { } own)
        {
            return own;
        }

        return job.Env.TryGetValue("SANDBOX_DURATION", out var text) ? Durations.Parse(text) : Drawn();
    }

    /// <summary>Depends on the seed and the job alone, so that a repeated run takes the same time.</summary>
    private TimeSpan Drawn()
    {
        var bytes = JobId.TryParse(job.Id, out var id) ? id.Value.ToByteArray() : [];
        var hash = bytes.Aggregate(unchecked((int)2166136261), (sum, value) => unchecked((sum ^ value) * 16777619));
        var draw = new Random(hash ^ options.Seed).NextDouble();
        var length = options.JobDuration + (options.JobDurationSpread * ((2 * draw) - 1));
        return length > TimeSpan.Zero ? length : TimeSpan.Zero;
    }

    private AgentResult Result()
    {
        if (NeverConnects)
        {
            return new AgentResult(-1, "process_run_error", 1);
        }

        switch (run.Plan.Behaviour)
        {
            case PodBehaviour.OutOfMemory:
                return new AgentResult(-7, null, 137);
            case PodBehaviour.ExitNonzero:
                return new AgentResult(run.Plan.ExitCode, null, run.Plan.ExitCode);
            default:
                var status = job.Env.TryGetValue("SANDBOX_EXIT_STATUS", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
                return new AgentResult(status, null, status);
        }
    }
}
