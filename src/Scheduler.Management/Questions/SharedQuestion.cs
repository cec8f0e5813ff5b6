namespace Scheduler.Management.Questions;

/// <summary>
/// One question for all who want to know: however many read, and on however many connections, it is put at most once per
/// interval, and never twice at a time. Everybody gets the same immutable answer, with its age. Safe to use from any thread.
/// </summary>
/// <param name="ask">Puts the question; bounded in time. Null, or an exception, is no answer.</param>
/// <param name="interval">Least time between two questions, and the greatest age of what is given out while answers come.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedQuestion<T>(Func<Task<T?>> ask, TimeSpan interval, TimeProvider time)
    where T : class
{
    private Attempt? _last;

    /// <summary>The last answer; waits for the one under way, if there is one.</summary>
    public async Task<Reading<T>> ReadAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || (last.Answer.IsCompleted && time.GetElapsedTime(last.StartedAt) >= interval))
        {
            var attempt = new Attempt(time.GetTimestamp());
            var found = Interlocked.CompareExchange(ref _last, attempt, last);
            if (ReferenceEquals(found, last))
            {
                // Not given up with the caller: others may wait for it.
                var before = last is null ? default : await last.Answer;
                attempt.Complete(await AskAsync(before));
                last = attempt;
            }
            else
            {
                last = found!;
            }
        }

        var answer = await last.Answer.WaitAsync(cancellationToken);
        var age = answer.Value is null ? TimeSpan.Zero : time.GetElapsedTime(answer.At);
        return new Reading<T>(answer.Value, answer.AsOf, age, answer.IsCurrent);
    }

    private async Task<Answer> AskAsync(Answer before)
    {
        try
        {
            if (await ask() is { } value)
            {
                return new Answer(value, time.GetUtcNow(), time.GetTimestamp(), IsCurrent: true);
            }
        }
        catch (Exception)
        {
            // There is no answer; what went wrong is for the log of him who was asked.
        }

        return before with { IsCurrent = false };
    }

    private readonly record struct Answer(T? Value, DateTimeOffset AsOf, long At, bool IsCurrent);

    private sealed class Attempt(long startedAt)
    {
        private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long StartedAt => startedAt;

        public Task<Answer> Answer => _answer.Task;

        public void Complete(Answer answer) => _answer.SetResult(answer);
    }
}
