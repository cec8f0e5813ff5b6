using System.Net;

namespace Scheduler.Buildkite;

/// <summary>
/// A call of the Stacks API failed. The message says which call and what happened, fits on a line, and contains neither
/// the token nor a job's environment, so it may be logged and shown.
/// </summary>
public sealed class StacksApiException : Exception
{
    public StacksApiException(
        StacksEndpoint endpoint,
        StacksErrorKind kind,
        string message,
        HttpStatusCode? statusCode = null,
        TimeSpan? retryAfter = null,
        Exception? inner = null)
        : base(message, inner)
    {
        Endpoint = endpoint;
        Kind = kind;
        StatusCode = statusCode;
        RetryAfter = retryAfter;
    }

    public StacksEndpoint Endpoint { get; }

    public StacksErrorKind Kind { get; }

    /// <summary>The answer's status; null when there was no complete answer.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>How long the service asked to wait before the next try; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Kind is StacksErrorKind.Transient or StacksErrorKind.RateLimited;
}
