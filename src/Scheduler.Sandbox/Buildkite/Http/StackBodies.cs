namespace Scheduler.Sandbox.Buildkite.Http;

internal sealed record ErrorBody(string Message);

internal sealed record RateLimitBody(string Message, string Scope, int Limit, int Current, int Reset);

internal sealed record TokenBody(
    string Uuid,
    string Description,
    string TokenType,
    string OrganizationSlug,
    string OrganizationUuid,
    string ClusterUuid,
    string ClusterName,
    string? OrganizationQueueUuid,
    string? OrganizationQueueKey);

internal sealed record StackBody(
    string Id,
    string OrganizationUuid,
    string Key,
    string Type,
    string ClusterQueueKey,
    IReadOnlyDictionary<string, string> Metadata,
    string LastConnectedOn,
    string State);

internal sealed record PipelineBody(string Slug, string Uuid);

internal sealed record BuildBody(string Uuid, int Number, string Branch);

internal sealed record StepBody(string? Key);

internal sealed record ScheduledJobBody(
    string Id,
    int Priority,
    IReadOnlyList<string> AgentQueryRules,
    string ScheduledAt,
    string RunnableAt,
    PipelineBody Pipeline,
    BuildBody Build,
    StepBody Step);

/// <summary>The pause flag under both names: the documented one, and the one the official client reads (stacks-api.md §5).</summary>
internal sealed record ClusterQueueBody(string Id, bool DispatchPaused, bool Paused);

internal sealed record PageInfoBody(bool HasNextPage, string? EndCursor);

internal sealed record JobPageBody(IReadOnlyList<ScheduledJobBody> Jobs, ClusterQueueBody ClusterQueue, PageInfoBody PageInfo);

internal sealed record ReserveBody(IReadOnlyList<string> Reserved, IReadOnlyList<string> NotReserved);

internal sealed record JobBody(string Id, IReadOnlyDictionary<string, string> Env, string Command);

internal sealed record StatesBody(IReadOnlyDictionary<string, string> States);

internal sealed record NotificationError(string Error, IReadOnlyList<int> Indexes);

internal sealed record NotificationsBody(IReadOnlyList<NotificationError> Errors);
