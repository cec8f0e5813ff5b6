using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <content>The calls about single jobs and their states.</content>
internal sealed partial class StackCalls
{
    public ValueTask<Answer> GetJob(Call call)
    {
        var job = call.JobId is { } id ? store.Current.Jobs.GetValueOrDefault(id) : null;
        if (job is null || (JobStates.IsTerminal(job.State) && !options.ShowEndedJobs))
        {
            return ValueTask.FromResult(Answer.Refused(Refusal.NotFound("Job not found")));
        }

        var body = new JobBody(job.Id.ToString(), JobEnv.Of(job), job.Template.Command);
        return ValueTask.FromResult(Answer.Json(body, ApiJson.Default.JobBody));
    }

    /// <summary>Ids that nobody knows are left out.</summary>
    public async ValueTask<Answer> GetStates(Call call)
    {
        using var document = await call.BodyAsync();
        var ids = StackRequests.JobUuids(document.RootElement);
        var state = store.Lagging(options.StatesLag);
        var omitted = call.Fault?.OmitState;
        var states = new Dictionary<string, string>(ids.Count, StringComparer.Ordinal);
        foreach (var text in ids)
        {
            if (JobId.TryParse(text, out var id) && state.Jobs.TryGetValue(id, out var job) && omitted?.Invoke(id) != true)
            {
                states[text] = JobStates.Name(job.State);
            }
        }

        return Answer.Json(new StatesBody(states), ApiJson.Default.StatesBody);
    }

    public async ValueTask<Answer> Finish(Call call)
    {
        using var document = await call.BodyAsync();
        var request = StackRequests.Finish(document.RootElement);
        if (call.JobId is not { } id)
        {
            return Answer.Refused(Refusal.NotFound("Job not found"));
        }

        var refusal = await store.ChangeAsync(
            (state, now) => state.StackFinish(id, request.ExitStatus, request.Detail, request.SignalReason, now), call.Aborted);
        return refusal is null ? Answer.Done : Answer.Refused(refusal);
    }

    public async ValueTask<Answer> Notify(Call call)
    {
        using var document = await call.BodyAsync();
        var notifications = StackRequests.Notifications(document.RootElement);
        var errors = await store.ChangeAsync((state, now) => state.Notify(notifications, now), call.Aborted);
        var byText = errors.GroupBy(error => error.Error, error => error.Index);
        return Answer.Json(
            new NotificationsBody([.. byText.Select(group => new NotificationError(group.Key, [.. group]))]),
            ApiJson.Default.NotificationsBody);
    }
}
