using System.Net;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Identity;
using Scheduler.Core.Limiter;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Limiter;

public sealed class LimiterTests(TestNode node) : IClassFixture<TestNode>
{
    private static readonly JobId Job = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01");

    [Fact]
    public async Task TheBooksAreShown()
    {
        node.Answers.Limiter = Status(limit: 25) with
        {
            Holders =
            [
                new HolderStatus(Job, null, IsRunning: true, IsUnconfirmed: false) { Age = TimeSpan.FromSeconds(61.24) },
                new HolderStatus(Job, new GrantId(new Epoch(7), 42), IsRunning: false, IsUnconfirmed: true),
            ],
        };
        await using var served = await node.ServeAsync(new ManagementOptions { ReadToken = "reads" });

        var limiter = await served.JsonAsync("/limiter", "reads");

        Assert.Equal(25, limiter.GetProperty("limit").GetInt32());
        Assert.Equal(3, limiter.GetProperty("inFlight").GetInt32());
        Assert.Equal(22, limiter.GetProperty("free").GetInt32());
        Assert.Equal(1, limiter.GetProperty("holdersOmitted").GetInt32());
        Assert.Equal(7, limiter.GetProperty("epoch").GetInt64());
        Assert.Equal("pod-0_abc", limiter.GetProperty("leaseHolder").GetString());
        Assert.Equal("granting", limiter.GetProperty("phase").GetString());
        var holders = limiter.GetProperty("holders").EnumerateArray().ToArray();
        Assert.Equal("running", holders[0].GetProperty("state").GetString());
        Assert.Equal(61.2, holders[0].GetProperty("ageSeconds").GetDouble());
        Assert.False(holders[0].TryGetProperty("grant", out _));
        Assert.Equal("7/42", holders[1].GetProperty("grant").GetString());
        Assert.Equal("confirming", holders[1].GetProperty("state").GetString());
        Assert.InRange(TimeProvider.System.GetUtcNow() - limiter.GetProperty("asOf").GetDateTimeOffset(), TimeSpan.FromSeconds(-5), TestNode.Patience);
        Assert.False(limiter.TryGetProperty("stale", out _));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("changes", true)]
    public async Task GrantsAndTheHolderOfTheLeaseAreForReadersWithAToken(string? token, bool shown)
    {
        node.Answers.Limiter = Status(limit: 25) with
        {
            Holders = [new HolderStatus(Job, new GrantId(new Epoch(7), 42), IsRunning: false, IsUnconfirmed: true)],
        };
        await using var served = await node.ServeAsync(new ManagementOptions { Token = "changes" });
        foreach (var path in (string[])["/limiter", "/singletons"])
        {
            var (_, body) = await served.GetAsync(path, token);
            Assert.Equal(shown, body.Contains("7/42", StringComparison.Ordinal));
            Assert.Equal(shown, body.Contains("pod-0_abc", StringComparison.Ordinal));
            Assert.Contains(Job.ToString(), body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WhatASilentLimiterSaidLastIsShownWithItsAge()
    {
        node.Answers.Limiter = Status(limit: 25);
        await using var served = await node.ServeAsync(new ManagementOptions { ReadInterval = TimeSpan.Zero });
        await served.JsonAsync("/limiter");
        node.Answers.Limiter = null;

        var limiter = await served.JsonAsync("/limiter", expected: HttpStatusCode.ServiceUnavailable);
        Assert.True(limiter.GetProperty("stale").GetBoolean());
        Assert.Equal(25, limiter.GetProperty("limit").GetInt32());
        Assert.InRange(limiter.GetProperty("ageSeconds").GetDouble(), 0.9, 60);
        Assert.Contains(" s old", limiter.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True((await served.JsonAsync("/singletons")).GetProperty("limiter").GetProperty("stale").GetBoolean());
    }

    [Fact]
    public async Task HoweverManyReadTheSingletonsAreAskedOnce()
    {
        node.Answers.Limiter = Status(limit: 25);
        node.Answers.Fetcher = new FetcherStatus(5, 1, 2, Paused: false, TimeSpan.FromSeconds(1)) { Node = node.Address.ToString() };
        node.Answers.Watcher = new WatcherStatus(new WatchStatus { Lists = 1 }, new WatchStatus(), 0) { Node = node.Address.ToString() };
        var options = new ManagementOptions { ReadInterval = TimeSpan.FromHours(1), MostConnectionsOfAnAddress = 100 };
        await using var served = await node.ServeAsync(options);
        var before = node.Answers.Asked;

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async reader =>
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/limiter")).Status);
                Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/singletons")).Status);
                Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/ready")).Status);
            }
        }));

        Assert.Equal((before.Limiter + 1, before.Fetcher + 1, before.Watcher + 1), node.Answers.Asked);
    }

    [Fact]
    public async Task WithoutALimitNothingIsFree()
    {
        node.Answers.Limiter = Status(limit: 0);
        await using var served = await node.ServeAsync();
        Assert.False((await served.JsonAsync("/limiter")).TryGetProperty("free", out _));
    }

    [Fact]
    public async Task ASilentLimiterIsUnavailable()
    {
        node.Answers.Limiter = null;
        await using var served = await node.ServeAsync();
        var (status, message) = await served.SendAsync(HttpMethod.Get, "/limiter");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("moving", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfTheSingletonsThoseThatAnswerAreShown()
    {
        node.Answers.Limiter = Status(limit: 1);
        node.Answers.Fetcher = new FetcherStatus(5, 1, 2, Paused: true, TimeSpan.FromSeconds(1)) { Node = "there" };
        node.Answers.Watcher = null;
        await using var served = await node.ServeAsync();

        var singletons = await served.JsonAsync("/singletons");

        Assert.Equal("here", singletons.GetProperty("limiter").GetProperty("node").GetString());
        Assert.True(singletons.GetProperty("fetcher").GetProperty("paused").GetBoolean());
        Assert.False(singletons.TryGetProperty("watcher", out _));
    }

    private static LimiterStatus Status(int limit) => new()
    {
        Node = "here",
        LeaseHolder = "pod-0_abc",
        Phase = LimiterPhase.Granting,
        Epoch = new Epoch(7),
        Limit = limit,
        InFlight = 3,
        Free = limit == 0 ? int.MaxValue : limit - 3,
        Waiters = 4,
        Holders = [],
    };
}
