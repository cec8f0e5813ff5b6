using System.Collections.Immutable;

namespace Scheduler.Cluster.Formation;

/// <summary>The scheduler's own pods.</summary>
public interface IPodSource
{
    /// <summary>All there are now.</summary>
    /// <exception cref="HttpRequestException">It cannot be told.</exception>
    Task<ImmutableArray<SchedulerPod>> ListAsync(CancellationToken cancellationToken);
}
