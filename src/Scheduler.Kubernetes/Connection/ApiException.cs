using System.Net;

namespace Scheduler.Kubernetes.Connection;

/// <summary>The API server answered with an error. The message is its own; for a missing permission it names the RBAC rule.</summary>
public sealed class ApiException(string message, HttpStatusCode status, string? reason, TimeSpan? retryAfter)
    : HttpRequestException(message, inner: null, status)
{
    /// <summary>The HTTP status, or the code inside an error event of a watch.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The machine-readable reason, such as <c>AlreadyExists</c>; null when the answer has none.</summary>
    public string? Reason { get; } = reason;

    /// <summary>The wait the server asks for; null when it asks for none.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
