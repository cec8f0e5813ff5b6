namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>
/// A link of the chain of changes. Whoever holds one can read on from there at its own pace; what nobody can reach any more
/// is collected.
/// </summary>
internal sealed class LogEntry(long revision, Change? change)
{
    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LogEntry? _next;

    /// <summary>The revision of the change; of the log's beginning for the entry before the first change.</summary>
    public long Revision => revision;

    /// <summary>Null for the entry before the first change.</summary>
    public Change? Change => change;

    public LogEntry? Next => _next;

    /// <summary>Completes when <see cref="Next"/> is there.</summary>
    public Task Followed => _followed.Task;

    public void Link(LogEntry next)
    {
        _next = next;
        _followed.SetResult();
    }
}
