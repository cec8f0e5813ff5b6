namespace Scheduler.Testing.Waiting;

/// <summary>Waits for what must come true, looking now and then; how long is up to the caller's token.</summary>
public static class Eventually
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, CancellationToken)"/>
    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), Usual, cancellationToken);

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, CancellationToken)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan interval, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), interval, cancellationToken);

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan, CancellationToken)"/>
    public static Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken) =>
        TrueAsync(condition, Usual, cancellationToken);

    /// <summary>Returns as soon as the condition holds.</summary>
    /// <param name="condition">What must come true.</param>
    /// <param name="interval">From one look to the next; 20 ms if left out.</param>
    /// <param name="cancellationToken">The caller's patience.</param>
    /// <exception cref="OperationCanceledException">It did not come true in time.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Takes a step, say of a clock that does not go by itself, again and again until the task is completed.</summary>
    /// <exception cref="OperationCanceledException">It was not completed in time.</exception>
    public static async Task CompletedAsync(Task task, Action step, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenSteps);
        while (!task.IsCompleted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            step();
            await Task.WhenAny(task, timer.WaitForNextTickAsync(cancellationToken).AsTask());
        }
    }
}
