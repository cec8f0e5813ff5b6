using System.Net;
using System.Threading.RateLimiting;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Calls that each take a permit of the client's rate limit and get an answer, or an error, within a bounded time.</summary>
/// <param name="limiter">Null = no limit: <see cref="ClientRateLimit"/>.</param>
/// <param name="time">For waits.</param>
internal sealed class PacedCalls(RateLimiter? limiter, TimeProvider time)
{
    /// <summary>For a call, and for the permit before it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <exception cref="HttpRequestException">No permit or no answer in time, or the server refused.</exception>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await TakePermitAsync(Timeout, cancellationToken);
        return await Patience.WithinAsync(Timeout, time, call, cancellationToken);
    }

    /// <summary>Like <see cref="CallAsync"/> about one object; false when it is gone, or is another one of the same name.</summary>
    /// <exception cref="HttpRequestException">No permit or no answer in time, or the server refused.</exception>
    public async Task<bool> IsDoneAsync(Func<CancellationToken, Task<HttpResponseMessage>> call, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await CallAsync(call, cancellationToken);
            return true;
        }
        catch (ApiException error) when (error.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    /// <exception cref="HttpRequestException">There was no permit in time.</exception>
    public async Task TakePermitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limiter is null)
        {
            return;
        }

        if (limit <= TimeSpan.Zero)
        {
            throw new HttpRequestException("there is no time left to wait for k8s-client-rate-limiter-qps");
        }

        using var permit = await Patience.WithinAsync(limit, time, token => limiter.AcquireAsync(1, token).AsTask(), cancellationToken);
        if (!permit.IsAcquired)
        {
            throw new HttpRequestException("k8s-client-rate-limiter-qps lets no more calls through");
        }
    }
}
