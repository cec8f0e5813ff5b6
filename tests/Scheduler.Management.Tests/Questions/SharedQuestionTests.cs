using Scheduler.Management.Questions;

namespace Scheduler.Management.Tests.Questions;

public sealed class SharedQuestionTests
{
    private readonly Hand _time = new();

    [Fact]
    public async Task AQuestionIsPutOncePerInterval()
    {
        var asked = 0;
        var question = Question(() => Task.FromResult<string?>($"{++asked}"));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("1", (await question.ReadAsync(default)).Value);
        }

        _time.Move(TimeSpan.FromSeconds(1));
        Assert.Equal("2", (await question.ReadAsync(default)).Value);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task WhoComesWhileItIsPutWaitsForThatAnswer()
    {
        var asked = 0;
        var answer = new TaskCompletionSource<string?>();
        var question = Question(() =>
        {
            asked++;
            return answer.Task;
        });
        var readers = Enumerable.Range(0, 100).Select(_ => question.ReadAsync(default)).ToArray();
        _time.Move(TimeSpan.FromMinutes(1));
        var late = question.ReadAsync(default);
        answer.SetResult("said");
        Assert.All(await Task.WhenAll([.. readers, late]), reading => Assert.Equal("said", reading.Current));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task WithoutAnAnswerTheLastOneStaysAndGrowsOld()
    {
        string? said = "first";
        var question = Question(() => said is null ? throw new TimeoutException() : Task.FromResult<string?>(said));
        var first = await question.ReadAsync(default);
        Assert.Equal(("first", TimeSpan.Zero, true), (first.Value, first.Age, first.IsAnswered));

        said = null;
        _time.Move(TimeSpan.FromSeconds(10));
        var second = await question.ReadAsync(default);
        Assert.Equal(("first", TimeSpan.FromSeconds(10), false), (second.Value, second.Age, second.IsAnswered));
        Assert.Null(second.Current);
        Assert.Equal(first.AsOf, second.AsOf);
    }

    [Fact]
    public async Task WhoNeverAnsweredHasNothingToShow()
    {
        var reading = await Question(() => Task.FromResult<string?>(null)).ReadAsync(default);
        Assert.Equal((null, false), (reading.Value, reading.IsAnswered));
    }

    [Fact]
    public async Task AReaderWhoGivesUpDoesNotTakeTheAnswerFromTheOthers()
    {
        var answer = new TaskCompletionSource<string?>();
        var question = Question(() => answer.Task);
        using var gone = new CancellationTokenSource();
        var asker = question.ReadAsync(gone.Token);
        var other = question.ReadAsync(default);
        await gone.CancelAsync();
        answer.SetResult("said");
        Assert.Equal("said", (await other).Value);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await asker;
            gone.Token.ThrowIfCancellationRequested();
        });
    }

    private SharedQuestion<string> Question(Func<Task<string?>> ask) => new(ask, TimeSpan.FromSeconds(1), _time);

    /// <summary>A clock that goes when it is told to.</summary>
    private sealed class Hand : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

        public void Move(TimeSpan time) => _ticks += time.Ticks;
    }
}
