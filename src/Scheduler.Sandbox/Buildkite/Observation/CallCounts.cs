using System.Collections.Concurrent;

namespace Scheduler.Sandbox.Buildkite.Observation;

/// <summary>How often each call was answered with which status.</summary>
internal sealed class CallCounts
{
    private readonly ConcurrentDictionary<(BuildkiteEndpoint Endpoint, int Status), long> _counts = new();

    public void Add(BuildkiteEndpoint endpoint, int status) => _counts.AddOrUpdate((endpoint, status), 1, static (_, count) => count + 1);

    public long Of(BuildkiteEndpoint endpoint, int? status) =>
        _counts.Where(entry => entry.Key.Endpoint == endpoint && (status is null || entry.Key.Status == status)).Sum(entry => entry.Value);
}
