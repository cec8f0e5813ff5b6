namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>
/// A timer for loops that wait for a change or a time, whichever is first, thousands of times a second: it is set anew only
/// when it has to ring earlier than it would. For one thread.
/// </summary>
internal sealed class Alarm(TimeProvider time)
{
    private Task _ringing = Task.CompletedTask;
    private DateTimeOffset _due;

    /// <summary>Completes at this time or earlier, so its caller has to look whether the time has come.</summary>
    public Task At(DateTimeOffset due, CancellationToken ct)
    {
        if (!_ringing.IsCompleted && _due <= due)
        {
            return _ringing;
        }

        var wait = due - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        _due = due;
        _ringing = Task.Delay(wait, time, ct);
        return _ringing;
    }
}
