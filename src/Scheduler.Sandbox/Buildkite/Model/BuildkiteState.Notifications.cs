using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <content>Notification rules of stacks-api.md §10: each entry is judged alone, valid ones count even if others fail.</content>
public sealed partial record BuildkiteState
{
    /// <returns>The next state and, per refused entry, its text and 0-based index.</returns>
    public (BuildkiteState State, ImmutableArray<(string Error, int Index)> Errors) Notify(
        IReadOnlyList<NewNotification> notifications, DateTimeOffset now)
    {
        var state = this;
        var errors = ImmutableArray.CreateBuilder<(string, int)>();
        for (var index = 0; index < notifications.Count; index++)
        {
            var wanted = notifications[index];
            if (state.Objection(wanted, now) is { } error)
            {
                errors.Add((error, index));
                continue;
            }

            var job = state.Jobs[JobId.Parse(wanted.JobUuid)];
            var notification = new StackNotification(wanted.Detail, wanted.Timestamp ?? now);
            state = state.Put(job with { Facts = job.Facts with { Notifications = job.Facts.Notifications.Add(notification) } });
        }

        return (state, errors.ToImmutable());
    }

    private string? Objection(NewNotification wanted, DateTimeOffset now)
    {
        if (wanted.Detail.Length == 0)
        {
            return "detail is required";
        }

        if (wanted.Detail.Length > ApiLimits.NotificationDetail)
        {
            return $"detail exceeds its length limit of {ApiLimits.NotificationDetail}";
        }

        if (!JobId.TryParse(wanted.JobUuid, out var id) || !Jobs.TryGetValue(id, out var job))
        {
            return "job not found";
        }

        if (job.Facts.Notifications.Count >= ApiLimits.NotificationsPerJob)
        {
            return "job stack notification count exceeded";
        }

        if (JobStates.IsTerminal(job.State) && now - job.History.At > ApiLimits.NotificationAfterEnd)
        {
            return $"job finished more than {ApiLimits.NotificationAfterEnd.TotalSeconds} seconds ago";
        }

        return wanted.Timestamp switch
        {
            { } time when time > now => "timestamp is in the future",
            { } time when time < job.Slot.ScheduledAt => "timestamp is before the job's creation",
            _ => null,
        };
    }
}
