using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Wire;

// The bodies of the API as they are on the wire. Whatever is read may be missing or null.

internal sealed record RegisterBody(string Key, string Type, string QueueKey, ImmutableDictionary<string, string> Metadata);

internal sealed record RegisterReply(
    string? Id, string? OrganizationUuid, string? Key, string? Type, string? ClusterQueueKey, Dictionary<string, string?>? Metadata,
    string? State);

internal sealed record ListReply(List<ListedJob?>? Jobs, ListedQueue? ClusterQueue, PageInfo? PageInfo);

internal sealed record ListedQueue(bool? DispatchPaused, bool? Paused);

internal sealed record PageInfo(bool? HasNextPage, string? EndCursor);

internal sealed record ReserveBody(IReadOnlyList<JobId> JobUuids, int? ReservationExpirySeconds);

internal sealed record ReserveReply(List<string?>? Reserved, List<string?>? NotReserved);

internal sealed record JobReply(string? Id, Dictionary<string, string?>? Env, string? Command);

internal sealed record StatesBody(IReadOnlyList<JobId> JobUuids);

internal sealed record StatesReply(Dictionary<string, string?>? States);

internal sealed record FinishBody(int ExitStatus, string Detail);

internal sealed record NotificationsBody(IReadOnlyList<NotificationBody> Notifications);

internal sealed record NotificationBody(JobId JobUuid, string Detail, string? Timestamp);

internal sealed record NotificationsReply(List<NotificationError>? Errors);

internal sealed record NotificationError(string? Error, List<int>? Indexes);

internal sealed record ErrorReply(string? Message, double? Reset)
{
    [JsonIgnore]
    public TimeSpan? ResetAfter => Reset is >= 0 and < 1e6 ? TimeSpan.FromSeconds(Reset.Value) : null;
}
