using System.Net;
using System.Text.Json.Nodes;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Sandbox.Tests.Buildkite;

public sealed class ReservationTests
{
    [Fact]
    public async Task AReservedJobLeavesTheListAndComesBackToItsPlaceWhenTheReservationRunsOut()
    {
        await using var it = await ServerFixture.StartAsync();
        var first = await it.Server.EnqueueAsync(new NewJob());
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await it.Server.EnqueueAsync(new NewJob());

        var reply = await it.Client.ReserveAsync([first], 60);
        var during = (await it.Client.ListAsync()).JobIds.ToList();
        it.Clock.Advance(TimeSpan.FromSeconds(59));
        var stateBefore = await it.Client.StateAsync(first);
        it.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([first.ToString()], reply.Texts("reserved"));
        Assert.Empty(reply.Texts("not_reserved"));
        Assert.Equal([second.ToString()], during);
        Assert.Equal("reserved", stateBefore);
        Assert.Equal("scheduled", await it.Client.StateAsync(first));
        Assert.Equal([first.ToString(), second.ToString()], (await it.Client.ListAsync()).JobIds);
        Assert.Equal("RESERVED_EXPIRED", it.Server.Observer.Find(first)!.History[^1].Cause);
    }

    [Fact]
    public async Task ReservingAgainExtendsFromNow()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());

        await it.Client.ReserveAsync([id], 60);
        it.Clock.Advance(TimeSpan.FromSeconds(50));
        await it.Client.ReserveAsync([id], 60);
        it.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal("reserved", await it.Client.StateAsync(id));
        Assert.Equal(2, it.Server.Observer.Find(id)!.Facts.Reservations);
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("scheduled", await it.Client.StateAsync(id));
    }

    [Fact]
    public async Task TheDefaultExpiryIsFifteenMinutes()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());

        await it.Client.ReserveAsync([id]);

        Assert.Equal(it.Clock.GetUtcNow().AddSeconds(900), it.Server.Observer.Find(id)!.Reservation!.ExpiresAt);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public async Task AnExpiryOutOfRangeIsRefused(int seconds)
    {
        await using var it = await ServerFixture.StartAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.ReserveAsync([], seconds)).Status);
    }

    [Fact]
    public async Task WhatIsTakenEndedOrUnknownIsNotReserved()
    {
        await using var it = await ServerFixture.StartAsync();
        await it.Client.RegisterAsync("other");
        var ids = await it.Server.EnqueueManyAsync(3, new NewJob());
        await it.Client.ReserveAsync([ids[0]], stack: "other");
        await it.Server.CancelAsync(ids[1]);

        var unknown = new JobId(Guid.NewGuid());
        var reply = await it.Client.ReserveAsync([.. ids, unknown]);

        Assert.Equal([ids[2].ToString()], reply.Texts("reserved"));
        Assert.Equal([ids[0].ToString(), ids[1].ToString(), unknown.ToString()], reply.Texts("not_reserved"));
    }

    [Fact]
    public async Task AReservationCanBeEndedByHandByCancellingAndByFinishing()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(3, new NewJob());
        await it.Client.ReserveAsync(ids);

        await it.Server.ExpireReservationAsync(ids[0]);
        await it.Server.CancelAsync(ids[1]);
        await it.Client.FinishAsync(ids[2]);
        it.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(
            (JobState.Scheduled, JobState.Canceled, JobState.Finished),
            (it.Server.Observer.Find(ids[0])!.State, it.Server.Observer.Find(ids[1])!.State, it.Server.Observer.Find(ids[2])!.State));
        Assert.Equal(1, it.Server.Observer.Unended);
    }

    [Fact]
    public async Task JobsNobodyTakesExpireAfterThirtyDays()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());

        it.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("expired", await it.Client.StateAsync(id));
        Assert.Empty((await it.Client.ListAsync()).JobIds);
    }

    [Fact]
    public async Task ConcurrentStacksNeverBothReserveAJob()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(200, new NewJob());
        var stacks = Enumerable.Range(0, 4).Select(number => $"stack{number}").ToList();
        foreach (var stack in stacks)
        {
            await it.Client.RegisterAsync(stack);
        }

        var replies = await Task.WhenAll(stacks.SelectMany(stack =>
            Enumerable.Range(0, 10).Select(part => it.Client.ReserveAsync(ids.Skip(part * 20).Take(20), stack: stack))));

        Assert.Equal(ids.Select(id => id.ToString()).Order(), replies.SelectMany(reply => reply.Texts("reserved")).Order());
    }

    [Fact]
    public async Task LaggingStatesShowTheTruthLater()
    {
        await using var it = await ServerFixture.StartAsync(options => options with { StatesLag = TimeSpan.FromSeconds(2), ListLag = TimeSpan.FromSeconds(1) });
        it.Clock.Advance(TimeSpan.FromSeconds(5));
        var id = await it.Server.EnqueueAsync(new NewJob());

        var listedAtOnce = (await it.Client.ListAsync()).JobIds.ToList();
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        var listedLater = (await it.Client.ListAsync()).JobIds.ToList();
        await it.Server.CancelAsync(id);
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        var stateEarly = await it.Client.StateAsync(id);
        it.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(listedAtOnce);
        Assert.Single(listedLater);
        Assert.Equal("scheduled", stateEarly);
        Assert.Equal("canceled", await it.Client.StateAsync(id));
    }

    [Fact]
    public async Task NotificationsAreJudgedOneByOne()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());
        JsonNode Entry(string detail, TimeSpan? offset = null, string? job = null) => new JsonObject
        {
            ["job_uuid"] = job ?? id.ToString(),
            ["detail"] = detail,
            ["timestamp"] = offset is null ? null : (it.Clock.GetUtcNow() + offset.Value).ToString("O"),
        };

        var reply = await it.Client.PostAsync("stacks/test/notifications", new JsonObject
        {
            ["notifications"] = new JsonArray(
                Entry("created"),
                Entry(""),
                Entry(new string('x', 257)),
                Entry("early", TimeSpan.FromSeconds(1)),
                Entry("now", TimeSpan.Zero),
                Entry("", job: Guid.NewGuid().ToString())),
        });

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(
            """{"errors":[{"error":"detail is required","indexes":[1,5]},{"error":"detail exceeds its length limit of 256","indexes":[2]},{"error":"timestamp is in the future","indexes":[3]}]}""",
            reply.Text);
        Assert.Equal(["created", "now"], it.Server.Observer.Find(id)!.Facts.Notifications.Select(entry => entry.Detail));
    }

    [Fact]
    public async Task AJobTakesAHundredNotificationsAndNoneLongAfterItsEnd()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(2, new NewJob());
        JsonObject Notes(JobId id, int count) => new()
        {
            ["notifications"] = new JsonArray([.. Enumerable.Repeat(id, count).Select(Note)]),
        };

        JsonNode Note(JobId id) => new JsonObject { ["job_uuid"] = id.ToString(), ["detail"] = "x" };

        var many = await it.Client.PostAsync("stacks/test/notifications", Notes(ids[0], 101));
        await it.Server.CancelAsync(ids[1]);
        it.Clock.Advance(TimeSpan.FromSeconds(300));
        var justInTime = await it.Client.PostAsync("stacks/test/notifications", Notes(ids[1], 1));
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await it.Client.PostAsync("stacks/test/notifications", Notes(ids[1], 1));

        Assert.Equal("""{"errors":[{"error":"job stack notification count exceeded","indexes":[100]}]}""", many.Text);
        Assert.Equal("""{"errors":[]}""", justInTime.Text);
        Assert.Single(late.Body["errors"]!.AsArray());
    }
}
