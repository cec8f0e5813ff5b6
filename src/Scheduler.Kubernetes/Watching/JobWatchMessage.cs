using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Kubernetes.Watching;

/// <summary>One step of following this controller's Jobs.</summary>
public abstract record JobWatchMessage
{
    private JobWatchMessage()
    {
    }

    /// <summary>All there are; what was known before and is not among them is gone.</summary>
    public sealed record Listed(IReadOnlyList<JobFact> Jobs, Revision Revision) : JobWatchMessage;

    /// <summary>New or changed.</summary>
    public sealed record Changed(JobFact Job) : JobWatchMessage;

    /// <summary>Deleted, or no longer ours; the fact carries the revision of the deletion.</summary>
    public sealed record Deleted(JobFact Job) : JobWatchMessage;

    /// <summary>Nothing has changed up to this revision.</summary>
    public sealed record Bookmark(Revision Revision) : JobWatchMessage;

    /// <summary>The connection or the position was lost; a list or a resumed watch follows once <paramref name="Delay"/> is over.</summary>
    public sealed record Interrupted(string Reason, TimeSpan Delay) : JobWatchMessage;
}
