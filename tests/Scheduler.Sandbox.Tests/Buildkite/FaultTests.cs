using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Buildkite.Faults;
using Scheduler.Testing.Waiting;

namespace Scheduler.Sandbox.Tests.Buildkite;

public sealed class FaultTests
{
    [Fact]
    public async Task AStatusWithRetryAfterHitsAsOftenAsAskedAndOnlyItsCall()
    {
        await using var it = await ServerFixture.StartAsync();
        it.Server.Faults.Add(new BuildkiteFault
        {
            Endpoint = BuildkiteEndpoint.ListScheduledJobs,
            Skip = 1,
            Times = 2,
            Status = 503,
            RetryAfter = TimeSpan.FromSeconds(1.5),
        });

        var statuses = new List<HttpStatusCode>();
        for (var call = 0; call < 4; call++)
        {
            statuses.Add((await it.Client.ListAsync()).Status);
            Assert.Equal(HttpStatusCode.OK, (await it.Client.GetAsync("token")).Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
    }

    [Fact]
    public async Task RetryAfterIsInSecondsWithDecimals()
    {
        await using var it = await ServerFixture.StartAsync();
        it.Server.Faults.Add(new BuildkiteFault { Status = 429, RetryAfter = TimeSpan.FromSeconds(1.5) });

        Assert.Equal("1.5", (await it.Client.ListAsync()).Headers.GetValues("Retry-After").Single());
    }

    [Theory]
    [InlineData(ConnectionReset.BeforeEffect, "scheduled")]
    [InlineData(ConnectionReset.AfterEffect, "reserved")]
    public async Task AConnectionIsResetBeforeOrAfterTheEffect(ConnectionReset reset, string expected)
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());
        it.Server.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.ReserveJobs, Times = 1, Reset = reset });

        await Assert.ThrowsAsync<HttpRequestException>(() => it.Client.ReserveAsync([id]));

        Assert.Equal(expected, await it.Client.StateAsync(id));
    }

    [Fact]
    public async Task AFailureMayTakeEffectAllTheSame()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());
        it.Server.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.FinishJob, Status = 502, TakesEffect = true });

        Assert.Equal(HttpStatusCode.BadGateway, (await it.Client.FinishAsync(id)).Status);
        Assert.Equal("finished", await it.Client.StateAsync(id));
    }

    [Theory]
    [InlineData(BodyFault.Empty)]
    [InlineData(BodyFault.Truncated)]
    [InlineData(BodyFault.NotJson)]
    public async Task AGoodStatusMayCarryABrokenBody(BodyFault body)
    {
        await using var it = await ServerFixture.StartAsync();
        it.Server.Faults.Add(new BuildkiteFault { Body = body });

        var reply = await it.Client.ListAsync();

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.ThrowsAny<JsonException>(() => reply.Body);
    }

    [Fact]
    public async Task ReservationsMayBePartialAndStatesOmitted()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(3, new NewJob());
        it.Server.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.ReserveJobs, ReserveAtMost = 2 });
        it.Server.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.GetJobStates, OmitState = id => id == ids[0] });

        var reserved = await it.Client.ReserveAsync(ids);

        Assert.Equal([ids[2].ToString()], reserved.Texts("not_reserved"));
        Assert.Equal(("", "reserved", "scheduled"), (await it.Client.StateAsync(ids[0]), await it.Client.StateAsync(ids[1]), await it.Client.StateAsync(ids[2])));
    }

    [Fact]
    public async Task PagesMayOverlapOrSkip()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = (await it.Server.EnqueueManyAsync(6, new NewJob())).Select(id => id.ToString()).ToList();
        var first = await it.Client.ListAsync(2);

        using (it.Server.Faults.Add(new BuildkiteFault { PageShift = -1 }))
        {
            Assert.Equal(ids[1..3], (await it.Client.ListAsync(2, first.EndCursor)).JobIds);
        }

        using (it.Server.Faults.Add(new BuildkiteFault { PageShift = 1 }))
        {
            Assert.Equal(ids[3..5], (await it.Client.ListAsync(2, first.EndCursor)).JobIds);
        }

        Assert.Equal(ids[2..4], (await it.Client.ListAsync(2, first.EndCursor)).JobIds);
    }

    [Fact]
    public async Task ADelayIsOnTheServersClock()
    {
        await using var it = await ServerFixture.StartAsync();
        it.Server.Faults.Add(new BuildkiteFault { Endpoint = BuildkiteEndpoint.Token, Times = 1, Delay = TimeSpan.FromMinutes(10) });

        var slow = it.Client.GetAsync("token");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Eventually.CompletedAsync(slow, () => it.Clock.Advance(TimeSpan.FromMinutes(1)), deadline.Token);

        Assert.Equal(HttpStatusCode.OK, (await slow).Status);
    }

    [Fact]
    public async Task ARevokedTokenAndAForgottenStackAreRefused()
    {
        await using var it = await ServerFixture.StartAsync();
        it.Server.Faults.TokenRevoked = true;
        var revoked = await it.Client.ListAsync();
        it.Server.Faults.Clear();
        await it.Server.ForgetStackAsync("test");

        Assert.Equal(HttpStatusCode.Unauthorized, revoked.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.PostAsync("stacks/test/notifications", new JsonObject())).Status);
    }
}
