using System.Net;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>What an error answer says about a create.</summary>
internal static class CreateAnswer
{
    /// <summary>
    /// Only what the API server says before it writes counts as nothing created. 503 and 504 do not: a proxy may say them of
    /// a request that it has already passed on.
    /// </summary>
    public static CreateOutcome Understand(ApiException error) => Judge(error) with { Reason = error.Reason };

    private static CreateOutcome Judge(ApiException error) =>
        error.Status is HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity && PolicyDenial.Read(error.Message) is { } denial
            ? Judge(error, denial)
            : JudgeByStatus(error);

    /// <summary>
    /// The chart's own policies are told apart by name: what one says of the pod is its author's to mend, what the other says of
    /// the grant is over with the next grant. A policy that cannot judge says nothing about the Job, although the answer is 422
    /// then; ours never judge with 422. All others count by their status.
    /// </summary>
    private static CreateOutcome Judge(ApiException error, PolicyDenial denial) => denial switch
    {
        { IsMalfunction: true } or { BlamesTheGrant: true } => new CreateOutcome.Refused(error.Message, error.RetryAfter),
        { BlamesThePod: true } when error.Status == HttpStatusCode.Forbidden => new CreateOutcome.Rejected(error.Message),
        { BlamesThePod: true } => new CreateOutcome.Refused(error.Message, error.RetryAfter),
        _ => JudgeByStatus(error),
    };

    private static CreateOutcome JudgeByStatus(ApiException error) => error.Status switch
    {
        HttpStatusCode.Conflict when error.Reason == "AlreadyExists" => new CreateOutcome.AlreadyExists(),
        HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new CreateOutcome.Rejected(error.Message),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict
            or HttpStatusCode.TooManyRequests => new CreateOutcome.Refused(error.Message, error.RetryAfter),
        _ => new CreateOutcome.Ambiguous(error.Message),
    };
}
