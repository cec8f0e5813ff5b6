using Scheduler.Cluster.Metrics;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Fetching;

/// <summary>What JobFetcher does, as metrics. One owner, the actor. All moments are of its clock.</summary>
internal sealed class FetcherMeter(NodeMetrics metrics)
{
    private readonly Dictionary<JobId, Moment> _firstAsked = [];
    private Moment _pollBegan;
    private Moment? _idleSince;

    public void Begin()
    {
        metrics.Cluster.Singleton("fetcher", isHere: true);
        metrics.Monitor.Up.Set(1);
    }

    /// <summary>The fetcher is here no more: what it said of itself is 0 again.</summary>
    public void End()
    {
        metrics.Cluster.Singleton("fetcher", isHere: false);
        metrics.Monitor.Up.Set(0);
        metrics.Calls.Paused.Set(0);
        Wait(waiting: 0, asked: 0, room: 0);
    }

    public void PollBegan(Moment now)
    {
        _pollBegan = now;
        metrics.Monitor.Queries.Inc();
    }

    public void PollEnded(Moment now, bool failed)
    {
        metrics.Monitor.QuerySeconds.Observe((now - _pollBegan).TotalSeconds);
        metrics.Monitor.QueryErrors.Inc(failed ? 1 : 0);
    }

    /// <param name="returned">Jobs on the page.</param>
    /// <param name="fitting">Those whose tags fit.</param>
    /// <param name="paused">The queue is paused.</param>
    public void Listed(int returned, int fitting, bool paused)
    {
        metrics.Monitor.Returned.Inc(returned);
        metrics.Monitor.FilteredOut.Inc(returned - fitting);
        metrics.Monitor.Handled.Inc(fitting);
        metrics.Monitor.HandlerCalls.Inc(returned > 0 ? 1 : 0);
        metrics.Calls.Paused.Set(paused ? 1 : 0);
    }

    public void Asked(JobId job, Moment now) => _firstAsked.TryAdd(job, now);

    public void Answered(JobId job, ITokenAnswer answer, Moment now)
    {
        metrics.Limiter.HandlerCalls.Inc();
        if (answer is Denied)
        {
            metrics.Limiter.Duplicate();
        }

        if (_firstAsked.Remove(job, out var since) && answer is Granted)
        {
            metrics.Limiter.TokenWait.Observe((now - since).TotalSeconds);
        }
    }

    /// <param name="listed">When the job was first listed; null when that is forgotten.</param>
    /// <param name="now">When its Job was known to exist.</param>
    public void Launched(Moment? listed, Moment now)
    {
        if (now - listed is { } took)
        {
            metrics.Jobs.EndToEnd.Observe(took.TotalSeconds);
        }
    }

    public void NotLaunched() => metrics.Limiter.LaunchFailed();

    public void NotReserved() => metrics.Limiter.Stale();

    public void Reserved(bool failed)
    {
        metrics.Calls.ReserveCalls.Inc();
        metrics.Calls.ReserveErrors.Inc(failed ? 1 : 0);
    }

    /// <summary>The state after any message.</summary>
    /// <param name="waiting">Jobs in the backlog.</param>
    /// <param name="asked">Requests outstanding.</param>
    /// <param name="room">Requests that could be outstanding besides.</param>
    /// <param name="now">By the actor's clock.</param>
    public void State(int waiting, int asked, int room, Moment now)
    {
        Wait(waiting, asked, room);
        if (waiting + asked == 0)
        {
            _idleSince ??= now;
        }
        else if (_idleSince is { } since)
        {
            metrics.Limiter.WorkWait.Observe((now - since).TotalSeconds);
            _idleSince = null;
        }
    }

    /// <summary>Jobs that are not waiting any more will not be answered either.</summary>
    public void ForgetAllBut(Func<JobId, bool> isWaiting)
    {
        foreach (var job in _firstAsked.Keys.Where(job => !isWaiting(job)).ToArray())
        {
            _firstAsked.Remove(job);
        }
    }

    private void Wait(int waiting, int asked, int room)
    {
        metrics.Limiter.WorkQueueLength.Set(waiting);
        metrics.Limiter.WaitingForToken.Set(asked);
        metrics.Limiter.WaitingForWork.Set(room);
    }
}
