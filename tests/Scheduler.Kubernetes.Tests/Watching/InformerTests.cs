using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching;
using Scheduler.Testing.Waiting;

namespace Scheduler.Kubernetes.Tests.Watching;

/// <summary>When an informer resumes, when it lists again, and how long it waits.</summary>
public sealed class InformerTests
{
    private static readonly HttpRequestException Broken = new("the connection broke");
    private static readonly ScriptedFeed.Watch Ended = new(Changes: 1, Error: null);

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task AWatchThatEndsByItselfIsResumedAtOnceWhereItWas()
    {
        var feed = new ScriptedFeed(Ended);

        var messages = await FollowAsync(feed, 4);

        Assert.Equal(["Listed", "Changed", "Changed", "Changed"], Names(messages));
        Assert.Equal([new Revision(100), new Revision(101), new Revision(102)], feed.Begun);
    }

    [Fact]
    public async Task ABrokenConnectionIsResumedWhereItWasAfterAWait()
    {
        var feed = new ScriptedFeed(new(2, Broken), Ended);

        var messages = await FollowAsync(feed, 5);

        Assert.Equal(["Listed", "Changed", "Changed", "Interrupted", "Changed"], Names(messages));
        Assert.Equal(new Revision(102), feed.Begun[1]);
        Assert.InRange(Assert.IsType<WatchMessage<string>.Interrupted>(messages[3]).NextAttemptIn, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task AnEventThatCannotBeReadLeadsToAListSinceItIsMissed()
    {
        var messages = await FollowAsync(new ScriptedFeed(new(1, new JsonException("garbage")), Ended), 5);

        Assert.Equal(["Listed", "Changed", "Interrupted", "Listed", "Changed"], Names(messages));
    }

    [Fact]
    public async Task AnExpiredPositionLeadsToAListAtOnceTheFirstTimeAndAfterAWaitWhenThatDidNotHelp()
    {
        var gone = new ApiException("too old", HttpStatusCode.Gone, "Expired", null);

        var messages = await FollowAsync(new ScriptedFeed(new ScriptedFeed.Watch(0, gone)), 4);

        Assert.Equal(["Listed", "Interrupted", "Listed", "Interrupted"], Names(messages));
        Assert.Equal(TimeSpan.Zero, Assert.IsType<WatchMessage<string>.Interrupted>(messages[1]).NextAttemptIn);
        Assert.True(Assert.IsType<WatchMessage<string>.Interrupted>(messages[3]).NextAttemptIn > TimeSpan.Zero);
    }

    [Fact]
    public async Task WatchesThatKeepFailingLeadToAList()
    {
        var messages = await FollowAsync(new ScriptedFeed(new ScriptedFeed.Watch(0, Broken)), 6);

        Assert.Equal(["Listed", "Interrupted", "Interrupted", "Interrupted", "Listed", "Interrupted"], Names(messages));
    }

    [Fact]
    public async Task AServerThatEndsEveryWatchAtOnceIsNotAskedWithoutPause()
    {
        var messages = await FollowAsync(new ScriptedFeed(new ScriptedFeed.Watch(0, null)), 3);

        Assert.Equal(["Listed", "Interrupted", "Interrupted"], Names(messages));
    }

    [Fact]
    public async Task TheWaitTheServerAsksForIsKeptUpToAMinute()
    {
        var throttled = new ApiException("later", HttpStatusCode.TooManyRequests, null, TimeSpan.FromSeconds(20));
        var absurd = new ApiException("much later", HttpStatusCode.TooManyRequests, null, TimeSpan.FromMinutes(50));

        var messages = await FollowAsync(new ScriptedFeed(new(0, throttled), new(0, absurd), Ended), 3);

        Assert.Equal(
            [TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1)],
            messages.OfType<WatchMessage<string>.Interrupted>().Select(interrupted => interrupted.NextAttemptIn));
    }

    /// <summary>An API server whose store was restored lets a watch begin at a revision of the future, and shows nothing.</summary>
    [Fact]
    public async Task AWatchThatWouldResumeInTheFutureBeginsWithAListInstead()
    {
        var feed = new ScriptedFeed(Ended) { Present = new Revision(50) };

        var messages = await FollowAsync(feed, 4);

        Assert.Equal(["Listed", "Changed", "Interrupted", "Listed"], Names(messages));
        Assert.Equal(TimeSpan.Zero, Assert.IsType<WatchMessage<string>.Interrupted>(messages[2]).NextAttemptIn);
    }

    [Fact]
    public async Task ARevisionBelowAKnownOneIsANewHistoryAndLeadsToAList()
    {
        var feed = new ScriptedFeed(Ended) { GoesBackTo = new Revision(7) };

        var messages = await FollowAsync(feed, 4);

        Assert.Equal(["Listed", "Interrupted", "Listed", "Changed"], Names(messages));
    }

    private static IEnumerable<string> Names(IEnumerable<WatchMessage<string>> messages) => messages.Select(message => message.GetType().Name);

    private async Task<List<WatchMessage<string>>> FollowAsync(ScriptedFeed feed, int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var messages = new List<WatchMessage<string>>();
        await using var following = new Informer<string>(feed, _clock).FollowAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        while (messages.Count < count)
        {
            var next = following.MoveNextAsync().AsTask();
            await Eventually.CompletedAsync(next, () => _clock.Advance(TimeSpan.FromSeconds(1)), deadline.Token);
            Assert.True(await next);
            messages.Add(following.Current);
        }

        return messages;
    }
}
