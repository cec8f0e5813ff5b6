using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Kubernetes.Connection;

/// <summary>
/// Remembers until when an overloaded API server asked to be left alone (429 or 503 with <c>Retry-After</c>), so that creations
/// slow down together instead of each finding out by itself.
/// </summary>
internal sealed class ServerWish(TimeProvider time)
{
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromMinutes(1);

    private long _opensAt;

    private TimeSpan UntilOpen => new Moment(TimeSpan.FromTicks(Volatile.Read(ref _opensAt))) - time.GetMoment();

    public void Note(ApiException refusal)
    {
        if ((int)refusal.Status is not (429 or 503) || refusal.RetryAfter is not { } asked)
        {
            return;
        }

        var opensAt = (time.GetMoment() + (asked < LongestObeyed ? asked : LongestObeyed)).SinceStart.Ticks;
        var known = Volatile.Read(ref _opensAt);
        while (known < opensAt)
        {
            var seen = Interlocked.CompareExchange(ref _opensAt, opensAt, known);
            known = seen == known ? opensAt : seen;
        }
    }

    /// <summary>Waits until the server may be asked again.</summary>
    /// <param name="longest">No more than this is waited.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">It would take longer.</exception>
    public async Task RespectAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        while (UntilOpen is var wait && wait > TimeSpan.Zero)
        {
            if (wait > longest)
            {
                throw new HttpRequestException($"the API server is overloaded and asked to be left alone for another {wait.TotalSeconds:0.#} s");
            }

            // Timers count whole milliseconds; rounding down would end in a busy wait.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
    }
}
