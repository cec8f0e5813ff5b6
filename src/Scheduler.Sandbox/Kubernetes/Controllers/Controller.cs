using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>
/// The loop of a controller: sees every change in order, then looks at each thing that changed once. All of it happens in one
/// asynchronous flow, so subclasses need no protection for their state.
/// </summary>
internal abstract class Controller<TKey>(ObjectStore store, TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // Taken at construction, before anything can be missed.
    private LogEntry _entry = store.Everything.Newest;

    protected ObjectStore Store => store;

    protected DateTimeOffset Now => time.GetUtcNow();

    protected WorkQueue<TKey> Queue { get; } = new();

    /// <summary>Runs until cancelled; then returns.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                CatchUp();
                Queue.Advance(Now);
                if (Queue.IsEmpty)
                {
                    await WaitAsync(ct);
                }
                else
                {
                    await WorkAsync(Queue.Take(), ct);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>Learns of a change; adds to the queue what is to be looked at because of it.</summary>
    protected abstract void Observe(Change change);

    /// <summary>Does what one thing needs now.</summary>
    protected abstract Task ReconcileAsync(TKey key, CancellationToken ct);

    private void CatchUp()
    {
        while (_entry.Next is { } next)
        {
            _entry = next;
            Observe(next.Change!);
        }
    }

    private async Task WorkAsync(TKey key, CancellationToken ct)
    {
        try
        {
            await ReconcileAsync(key, ct);
        }
        catch (ApiError)
        {
            Queue.AddAt(key, Now + RetryDelay);
        }
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        var wait = Queue.NextDue is { } due && due - Now < LongestWait ? due - Now : LongestWait;
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        using var changed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(_entry.Followed, Task.Delay(wait, time, changed.Token));
        await changed.CancelAsync();
    }
}
