using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>A controller with a queue of the things it has to look at.</summary>
internal abstract class Controller<TKey>(ObjectStore store, TimeProvider time) : IController
    where TKey : notnull
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public DateTimeOffset? NextDue => Queue.NextDue;

    protected ObjectStore Store => store;

    protected DateTimeOffset Now => time.GetUtcNow();

    protected WorkQueue<TKey> Queue { get; } = new();

    public abstract void Observe(Change change);

    public async Task<bool> WorkAsync(CancellationToken ct)
    {
        Queue.Advance(Now);
        if (Queue.IsEmpty)
        {
            return false;
        }

        var key = Queue.Take();
        try
        {
            await ReconcileAsync(key, ct);
        }
        catch (ApiError)
        {
            Queue.AddAt(key, Now + RetryDelay);
        }

        return true;
    }

    /// <summary>Does what one thing needs now.</summary>
    protected abstract Task ReconcileAsync(TKey key, CancellationToken ct);
}
