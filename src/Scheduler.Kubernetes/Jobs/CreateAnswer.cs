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

    private static CreateOutcome Judge(ApiException error) => error.Status switch
    {
        HttpStatusCode.Conflict when error.Reason == "AlreadyExists" => new CreateOutcome.AlreadyExists(),
        HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new CreateOutcome.Rejected(error.Message),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Conflict
            or HttpStatusCode.TooManyRequests => new CreateOutcome.Refused(error.Message, error.RetryAfter),
        _ => new CreateOutcome.Ambiguous(error.Message),
    };
}
