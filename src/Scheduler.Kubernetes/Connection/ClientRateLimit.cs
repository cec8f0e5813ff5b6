using System.Threading.RateLimiting;

namespace Scheduler.Kubernetes.Connection;

/// <summary>The limit on calls to Kubernetes that <c>k8s-client-rate-limiter-qps</c> and <c>-burst</c> ask for.</summary>
public static class ClientRateLimit
{
    private const int TicksPerSecond = 100;

    /// <summary>A limiter that serves first come, first served; null when there is to be no limit.</summary>
    /// <param name="callsPerSecond">0 or less: no limit.</param>
    /// <param name="burst">Calls that may be made at once after a pause; at least 1 when there is a limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is a limit, and the burst is below 1.</exception>
    public static RateLimiter? Create(int callsPerSecond, int burst)
    {
        if (callsPerSecond <= 0)
        {
            return null;
        }

        if (burst < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(burst), burst, $"k8s-client-rate-limiter-burst is {burst}; use 1 or more, or a negative k8s-client-rate-limiter-qps for no limit");
        }

        var perTick = Math.Max(1, callsPerSecond / TicksPerSecond);
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(burst, perTick),
            TokensPerPeriod = perTick,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)perTick / callsPerSecond),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
