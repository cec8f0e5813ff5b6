namespace Scheduler.Kubernetes.Watching;

/// <summary>A list of objects followed by all their changes, for ever.</summary>
/// <typeparam name="T">What is remembered of an object.</typeparam>
public interface IResourceWatch<T>
{
    /// <summary>
    /// Begins with a list and begins anew with one whenever changes may have been missed. Never ends, and throws nothing but on
    /// cancellation; what goes wrong on the way is reported as <see cref="WatchMessage{T}.Interrupted"/>.
    /// </summary>
    IAsyncEnumerable<WatchMessage<T>> FollowAsync(CancellationToken cancellationToken);
}
