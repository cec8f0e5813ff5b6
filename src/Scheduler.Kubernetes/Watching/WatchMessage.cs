using Scheduler.Core.Identity;

namespace Scheduler.Kubernetes.Watching;

/// <summary>One step of following objects of a kind.</summary>
/// <typeparam name="T">What is remembered of an object.</typeparam>
public abstract record WatchMessage<T>
{
    private WatchMessage()
    {
    }

    /// <summary>All there are; what was known before and is not among them is gone.</summary>
    public sealed record Listed(IReadOnlyList<T> Items, Revision Revision) : WatchMessage<T>;

    /// <summary>New or changed.</summary>
    public sealed record Changed(T Item, Revision Revision) : WatchMessage<T>;

    /// <summary>Deleted, or no longer selected; the revision is that of the deletion.</summary>
    public sealed record Deleted(T Item, Revision Revision) : WatchMessage<T>;

    /// <summary>Nothing else has changed up to this revision.</summary>
    public sealed record Bookmark(Revision Revision) : WatchMessage<T>;

    /// <summary>The connection or the position was lost; a list or a resumed watch follows.</summary>
    /// <param name="Reason">For an operator.</param>
    /// <param name="Error">What was thrown; null when the server just ended the watch too early.</param>
    /// <param name="NextAttemptIn">How long the next attempt waits; 0 or more.</param>
    public sealed record Interrupted(string Reason, Exception? Error, TimeSpan NextAttemptIn) : WatchMessage<T>;
}
