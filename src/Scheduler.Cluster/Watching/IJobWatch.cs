using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Watching;

/// <summary>A list of this controller's Kubernetes Jobs followed by all their changes, for ever.</summary>
public interface IJobWatch
{
    /// <summary>
    /// Begins with a list and begins anew with one whenever changes may have been missed. Ends only by cancellation; what
    /// goes wrong on the way is reported as <see cref="JobNews.Interrupted"/>.
    /// </summary>
    IAsyncEnumerable<JobNews> FollowAsync(CancellationToken cancellationToken);
}

/// <summary>One thing a watch has to say.</summary>
public abstract record JobNews
{
    private JobNews()
    {
    }

    /// <summary>All Jobs there are, as of one revision.</summary>
    public sealed record Listed(ImmutableArray<Observed> Jobs, Revision Revision) : JobNews;

    /// <summary>One Job is new, has changed or is gone.</summary>
    public sealed record Changed(Observed Job) : JobNews;

    /// <summary>Nothing has changed up to this revision.</summary>
    public sealed record UpToDate(Revision Revision) : JobNews;

    /// <summary>The watch broke and will go on by itself.</summary>
    public sealed record Interrupted(string Why) : JobNews;
}
