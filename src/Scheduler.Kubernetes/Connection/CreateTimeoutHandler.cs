using System.Globalization;

namespace Scheduler.Kubernetes.Connection;

/// <summary>
/// Adds Kubernetes' <c>timeout</c> parameter to the request made within <see cref="Within"/>. The generated client has no
/// argument for it, and without it a request abandoned by its client may still be committed later.
/// </summary>
public sealed class CreateTimeoutHandler : DelegatingHandler
{
    private static readonly AsyncLocal<TimeSpan?> Timeout = new();

    /// <summary>Every request sent in this asynchronous flow until disposed carries the time-out.</summary>
    public static IDisposable Within(TimeSpan timeout)
    {
        Timeout.Value = timeout;
        return new Scope();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Timeout.Value is { } timeout && request.RequestUri is { } uri)
        {
            var separator = string.IsNullOrEmpty(uri.Query) ? '?' : '&';
            var milliseconds = ((long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            request.RequestUri = new Uri($"{uri.OriginalString}{separator}timeout={milliseconds}ms");
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class Scope : IDisposable
    {
        public void Dispose() => Timeout.Value = null;
    }
}
