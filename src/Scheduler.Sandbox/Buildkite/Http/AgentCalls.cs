using System.Text.Json;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>The calls of an agent's session (stacks-api.md §17.3).</summary>
internal sealed partial class AgentCalls(BuildkiteStore store, BuildkiteServerOptions options)
{
    public async ValueTask<Answer> Register(Call call)
    {
        using var document = await call.BodyAsync();
        var body = document.RootElement;
        var tags = body.Find("meta_data") is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Select(tag => tag.ToString()).ToList()
            : [];
        var queue = tags.Find(tag => tag.StartsWith("queue=", StringComparison.Ordinal))?["queue=".Length..];
        var id = Guid.NewGuid();
        var name = body.Text("name") is { Length: > 0 } given ? given : $"agent-{id:N}";
        var dispatched = body.Flag("ignore_in_dispatches") != true;
        await store.ChangeAsync(
            (state, now) => state.AddAgent(new Agent(id, name, state.Resolve(queue), dispatched, now)), call.Aborted);
        var answer = new AgentBody(
            id.ToString(),
            name,
            AgentTokens.Session(id),
            Seconds(options.AgentIntervals.Ping),
            Seconds(options.AgentIntervals.JobStatus),
            Seconds(options.AgentIntervals.Heartbeat),
            tags);
        return Answer.Json(answer, ApiJson.Default.AgentBody);
    }

    public async ValueTask<Answer> Connect(Call call)
    {
        await call.SkipBodyAsync();
        await store.ChangeAsync((state, now) => state.AgentSeen(Session(call), now), call.Aborted);
        return Answer.Done;
    }

    public async ValueTask<Answer> Heartbeat(Call call)
    {
        using var document = await call.BodyAsync();
        await store.ChangeAsync((state, now) => state.AgentSeen(Session(call), now), call.Aborted);
        var now = ApiTime.Text(store.Now);
        return Answer.Json(new HeartbeatBody(document.RootElement.Text("sent_at") ?? now, now), ApiJson.Default.HeartbeatBody);
    }

    /// <summary>An agent that takes dispatches gets the oldest waiting job of its queue; one in acquire mode is told to be idle.</summary>
    public async ValueTask<Answer> Ping(Call call)
    {
        var agent = Session(call);
        var job = await store.ChangeAsync((state, now) => state.AgentSeen(agent, now).Dispatch(agent, now), call.Aborted);
        return Answer.Json(new PingBody("", job is null ? null : Handed(job, agent)), ApiJson.Default.PingBody);
    }

    public async ValueTask<Answer> Disconnect(Call call)
    {
        await call.SkipBodyAsync();
        var agent = Session(call);
        await store.ChangeAsync((state, now) => state.Disconnect(agent, now), call.Aborted);
        return Answer.Json(new DisconnectBody(agent.ToString(), "disconnected"), ApiJson.Default.DisconnectBody);
    }

    private static int Seconds(TimeSpan interval) => Math.Max(1, (int)interval.TotalSeconds);

    /// <summary>The agent whose session or job token the call shows.</summary>
    private Guid Session(Call call) =>
        AgentTokens.TryParse(call.Token, out var agent, out _) && store.Current.Agents.ContainsKey(agent)
            ? agent
            : throw new RefusedException(Refusal.Unauthorized);

    private static AgentJobBody Handed(Job job, Guid agent) => new(
        job.Id.ToString(),
        JobStates.Name(job.State),
        JobEnv.Of(job),
        new StepBody(job.Template.StepKey),
        ChunksMaxSizeBytes: 100 * 1024,
        ChunksIntervalSeconds: 5,
        LogMaxSizeBytes: 1 << 30,
        AgentTokens.Job(agent, job.Id),
        job.Priority,
        ApiTime.Text(job.Slot.ScheduledAt),
        ExitStatus: "",
        Signal: "",
        SignalReason: "",
        StartedAt: null,
        FinishedAt: null,
        ChunksFailedCount: 0);
}
