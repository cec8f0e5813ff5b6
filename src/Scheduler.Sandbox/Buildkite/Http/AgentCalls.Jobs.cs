using System.Globalization;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <content>The calls about the job that an agent runs.</content>
internal sealed partial class AgentCalls
{
    public async ValueTask<Answer> Acquire(Call call)
    {
        await call.SkipBodyAsync();
        var agent = Session(call);
        if (!call.HasHeader("X-Buildkite-Lock-Acquire-Job"))
        {
            return Answer.Refused(Refusal.Unprocessable("The header X-Buildkite-Lock-Acquire-Job is missing"));
        }

        var id = Named(call);
        var (refusal, job) = await store.ChangeAsync(
            (state, now) =>
            {
                var step = state.Acquire(agent, id, now);
                return (step.State, (step.Refusal, Job: step.State.Jobs.GetValueOrDefault(id)));
            },
            call.Aborted);
        return refusal is null && job is not null
            ? Answer.Json(Handed(job, agent), ApiJson.Default.AgentJobBody)
            : Answer.Refused(refusal ?? Refusal.NotFound("Job not found"));
    }

    public async ValueTask<Answer> Accept(Call call)
    {
        await call.SkipBodyAsync();
        var (agent, id) = Holder(call);
        var (refusal, job) = await store.ChangeAsync(
            (state, now) =>
            {
                var step = state.Accept(agent, id, now);
                return (step.State, (step.Refusal, step.State.Jobs[id]));
            },
            call.Aborted);
        return refusal is null ? Answer.Json(Handed(job, agent), ApiJson.Default.AgentJobBody) : Answer.Refused(refusal);
    }

    public async ValueTask<Answer> Start(Call call)
    {
        await call.SkipBodyAsync();
        var (agent, id) = Holder(call);
        var refusal = await store.ChangeAsync((state, now) => state.Start(agent, id, now), call.Aborted);
        return refusal is null ? Answer.Done : Answer.Refused(refusal);
    }

    /// <summary>Logs are taken and thrown away, while the job runs or is being ended.</summary>
    public async ValueTask<Answer> Chunks(Call call)
    {
        await call.SkipBodyAsync();
        var (_, id) = Holder(call);
        var state = store.Current.Jobs[id].State;
        return state is JobState.Running or JobState.Canceling or JobState.TimingOut
            ? Answer.Done with { Status = 201 }
            : Answer.Refused(Refusal.Unprocessable($"Job takes no log in state {JobStates.Name(state)}"));
    }

    public async ValueTask<Answer> HeaderTimes(Call call)
    {
        await call.SkipBodyAsync();
        Holder(call);
        return Answer.Done;
    }

    public ValueTask<Answer> State(Call call)
    {
        var (_, id) = Holder(call);
        var body = new JobStateBody(id.ToString(), JobStates.Name(store.Current.Jobs[id].State));
        return ValueTask.FromResult(Answer.Json(body, ApiJson.Default.JobStateBody));
    }

    public async ValueTask<Answer> Finish(Call call)
    {
        using var document = await call.BodyAsync();
        var (agent, id) = Holder(call);
        var text = document.RootElement.Text("exit_status");
        int? exitStatus = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        var reason = document.RootElement.Text("signal_reason");
        var refusal = await store.ChangeAsync((state, now) => state.AgentFinish(agent, id, exitStatus, reason, now), call.Aborted);
        return refusal is null ? Answer.Done : Answer.Refused(refusal);
    }

    private static JobId Named(Call call) => call.JobId ?? throw new RefusedException(Refusal.NotFound("Job not found"));

    /// <summary>The job of the path and its agent. A token of another job, and a job of another agent, is answered as unknown.</summary>
    private (Guid Agent, JobId Job) Holder(Call call)
    {
        var id = Named(call);
        if (!AgentTokens.TryParse(call.Token, out var agent, out var job))
        {
            throw new RefusedException(Refusal.Unauthorized);
        }

        return (job is null || job == id) && store.Current.Held(agent, id) is not null
            ? (agent, id)
            : throw new RefusedException(Refusal.NotFound("Job not found"));
    }
}
