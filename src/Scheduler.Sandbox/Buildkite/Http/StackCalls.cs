using System.Globalization;
using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>The calls of a stack (stacks-api.md §§2–10): reads the request, runs one step of the state, writes the answer.</summary>
internal sealed partial class StackCalls(BuildkiteStore store, BuildkiteServerOptions options)
{
    public ValueTask<Answer> Token(Call call)
    {
        var clustered = options.ClusterUuid.Length > 0;
        var body = new TokenBody(
            "0d1f8a52-6f0e-4a53-9a3d-0f3f1d0c9e11",
            "sandbox",
            clustered ? "cluster" : "unclustered",
            options.OrganizationSlug,
            options.OrganizationUuid.ToString(),
            options.ClusterUuid,
            clustered ? options.ClusterName : "",
            null,
            null);
        return ValueTask.FromResult(Answer.Json(body, ApiJson.Default.TokenBody));
    }

    public async ValueTask<Answer> Register(Call call)
    {
        using var document = await call.BodyAsync();
        var request = StackRequests.Registration(document.RootElement);
        var (stack, created, refusal) = await store.ChangeAsync(
            (state, now) =>
            {
                var step = state.RegisterStack(request with { LastConnected = now });
                return (step.State, (step.Stack, step.Created, step.Refusal));
            },
            call.Aborted);
        if (refusal is not null || stack is null)
        {
            return Answer.Refused(refusal ?? Refusal.NotFound("Stack not found"));
        }

        var body = new StackBody(
            stack.Id.ToString(),
            options.OrganizationUuid.ToString(),
            stack.Key,
            stack.Type,
            stack.QueueKey,
            stack.Metadata,
            ApiTime.Text(stack.LastConnected),
            "connected");
        return Answer.Json(body, ApiJson.Default.StackBody, created ? 201 : 200);
    }

    public async ValueTask<Answer> Deregister(Call call)
    {
        await call.SkipBodyAsync();
        await store.ChangeAsync((state, _) => state.ForgetStack(call.StackKey), call.Aborted);
        return Answer.NoContent;
    }

    public async ValueTask<Answer> List(Call call)
    {
        var (limit, after) = (Limit(call.Query("limit")), After(call.Query("after")));
        var key = call.Query("queue_key") ?? throw new RefusedException(Refusal.Invalid("queue_key is required"));
        await store.ChangeAsync((state, now) => state.StackSeen(call.StackKey, now), call.Aborted);
        var state = store.Lagging(options.ListLag);
        if (!state.Queues.TryGetValue(state.Resolve(key), out var queue))
        {
            return Answer.Refused(Refusal.NotFound($"Queue '{key}' not found in this cluster"));
        }

        var page = Page.Read(state, queue, after, limit, call.Fault?.PageShift ?? 0);
        var paused = queue.PausedSince is not null;
        var body = new JobPageBody(
            [.. page.Jobs.Select(Listed)],
            new ClusterQueueBody(queue.Id, paused, paused),
            new PageInfoBody(page.HasNext, page.EndCursor));
        return Answer.Json(body, ApiJson.Default.JobPageBody);
    }

    public async ValueTask<Answer> Reserve(Call call)
    {
        using var document = await call.BodyAsync();
        var (ids, expiry) = StackRequests.Reservation(document.RootElement);
        var known = new List<JobId>(ids.Count);
        var asked = ids.Take(call.Fault?.ReserveAtMost ?? ids.Count);
        known.AddRange(asked.Where(text => JobId.TryParse(text, out _)).Select(JobId.Parse));
        var reserved = await store.ChangeAsync(
            (state, now) =>
            {
                var step = state.Reserve(call.StackKey, known, expiry, now);
                return (step.State, step.Reserved.ToHashSet());
            },
            call.Aborted);
        var split = ids.ToLookup(text => JobId.TryParse(text, out var id) && reserved.Contains(id));
        return Answer.Json(new ReserveBody([.. split[true]], [.. split[false]]), ApiJson.Default.ReserveBody);
    }

    private static ScheduledJobBody Listed(Job job) => new(
        job.Id.ToString(),
        job.Priority,
        job.Template.AgentQueryRules,
        ApiTime.Text(job.Slot.ScheduledAt),
        ApiTime.Text(job.Slot.ScheduledAt),
        new PipelineBody(job.Template.PipelineSlug, job.Template.PipelineUuid),
        new BuildBody(job.Template.BuildUuid, job.Template.BuildNumber, job.Template.Branch),
        new StepBody(job.Template.StepKey));

    /// <summary>A limit above the largest page is cut to it: what the real service does then is not known (stacks-api.md §5).</summary>
    private static int Limit(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return ApiLimits.DefaultPage;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? Math.Min(limit, ApiLimits.Batch)
            : throw new RefusedException(Refusal.Invalid("limit must be a positive integer"));
    }

    private static Slot? After(string? cursor) => cursor switch
    {
        null or "" => null,
        _ when Page.TryParseCursor(cursor, out var after) => after,
        _ => throw new RefusedException(Refusal.Invalid("after is not a cursor of this list")),
    };
}
