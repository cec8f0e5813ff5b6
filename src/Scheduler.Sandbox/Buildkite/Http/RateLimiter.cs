using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>Counts calls per endpoint and stack (stacks-api.md §12). Register, token and the agents' calls are not limited.</summary>
internal sealed class RateLimiter(bool enforced, IReadOnlyDictionary<BuildkiteEndpoint, int> changes)
{
    private static readonly FrozenDictionary<BuildkiteEndpoint, (string Scope, int Limit)> Documented =
        new Dictionary<BuildkiteEndpoint, (string, int)>
        {
            [BuildkiteEndpoint.ListScheduledJobs] = ("list-scheduled-jobs", 10),
            [BuildkiteEndpoint.ReserveJobs] = ("batch-reserve", 10),
            [BuildkiteEndpoint.GetJob] = ("show-job", 1000),
            [BuildkiteEndpoint.GetJobStates] = ("batch-load-job-states", 20),
            [BuildkiteEndpoint.FinishJob] = ("finish-job", 100),
            [BuildkiteEndpoint.Notify] = ("stack-notification", 200),
            [BuildkiteEndpoint.DeregisterStack] = ("default", 10),
        }.ToFrozenDictionary();

    private readonly ConcurrentDictionary<(BuildkiteEndpoint Endpoint, string Stack), SlidingWindow> _windows = new();

    /// <summary>Counts one call; null for an endpoint without limit.</summary>
    public RateVerdict? Count(BuildkiteEndpoint endpoint, string stack, DateTimeOffset now)
    {
        if (!Documented.TryGetValue(endpoint, out var rule))
        {
            return null;
        }

        var limit = changes.GetValueOrDefault(endpoint, rule.Limit);
        while (true)
        {
            var before = _windows.GetOrAdd((endpoint, stack), SlidingWindow.Empty);
            var (after, admitted) = before.Add(now, limit);
            if (_windows.TryUpdate((endpoint, stack), after, before))
            {
                return new RateVerdict(rule.Scope, limit, admitted ? limit - after.Count : 0, admitted || !enforced);
            }
        }
    }
}
