using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Jobs;

/// <summary>How an attempt to create a Job ended. What matters is whether it may have been created.</summary>
public abstract record CreateOutcome
{
    private CreateOutcome()
    {
    }

    /// <summary>Kubernetes' status reason, such as <c>Invalid</c>; null when the API server gave none.</summary>
    public string? Reason { get; init; }

    public sealed record Created(string Uid, Revision Revision) : CreateOutcome;

    /// <summary>A Job of that name exists; this request created nothing.</summary>
    public sealed record AlreadyExists : CreateOutcome;

    /// <summary>The API server finds the Job invalid: it never will be created like this.</summary>
    public sealed record Rejected(string Message) : CreateOutcome;

    /// <summary>Refused for now: permission, quota, a webhook, the fence, throttling. Nothing was created.</summary>
    /// <param name="Message">The server's words; for a missing permission, which one.</param>
    /// <param name="RetryAfter">What the server asked for, if it did.</param>
    public sealed record Refused(string Message, TimeSpan? RetryAfter) : CreateOutcome;

    /// <summary>The body of the request certainly was not sent, and never will be.</summary>
    public sealed record NotSent(string Message) : CreateOutcome;

    /// <summary>Time-out, broken connection, server error: the Job may or may not exist.</summary>
    public sealed record Ambiguous(string Message) : CreateOutcome;
}
