using System.Net;
using System.Text.Json.Nodes;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Sandbox.Tests.Buildkite;

public sealed class AgentCallsTests
{
    private static readonly JsonObject Success = new() { ["exit_status"] = "0" };

    [Fact]
    public async Task AnAgentTakesAJobToItsEnd()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob { Priority = 7, Command = "make" });
        await it.Client.ReserveAsync([id]);

        var session = await it.Client.AgentAsync();
        var connected = await it.Client.PostAsync("connect", null, session);
        var heartbeat = await it.Client.PostAsync("heartbeat", new JsonObject { ["sent_at"] = "2026-08-06T09:15:00Z" }, session);
        it.Clock.Advance(TimeSpan.FromSeconds(2));
        var acquired = await it.Client.AcquireAsync(id, session);
        var token = (string)acquired.Body["token"]!;
        var stateAcquired = await it.Client.StateAsync(id);
        it.Clock.Advance(TimeSpan.FromSeconds(1));
        var started = await it.Client.PutAsync($"jobs/{id}/start", new JsonObject(), token);
        var running = await it.Client.GetAsync($"jobs/{id}", token);
        var chunk = await it.Client.PostAsync($"jobs/{id}/chunks?sequence=1&offset=0&size=3", new JsonObject(), token);
        var headers = await it.Client.PostAsync($"jobs/{id}/header_times", new JsonObject { ["header_times"] = new JsonObject() }, token);
        it.Clock.Advance(TimeSpan.FromSeconds(5));
        var finished = await it.Client.PutAsync($"jobs/{id}/finish", Success.DeepClone(), token);
        var idle = await it.Client.GetAsync("ping", session);
        var left = await it.Client.PostAsync("disconnect", null, session);

        Assert.All([connected, heartbeat, acquired, started, running, headers, finished, idle, left], reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
        Assert.Equal(HttpStatusCode.Created, chunk.Status);
        Assert.Equal("2026-08-06T09:15:00Z", (string?)heartbeat.Body["sent_at"]);
        Assert.NotNull(heartbeat.Body["received_at"]);
        Assert.Equal("accepted", stateAcquired);
        Assert.Equal("running", (string?)running.Body["state"]);
        Assert.Equal("", (string?)idle.Body["action"]);
        Assert.Equal("disconnected", (string?)left.Body["connection_state"]);
        Assert.StartsWith("bkaj_", token, StringComparison.Ordinal);
        Assert.Equal((7, "make"), ((int)acquired.Body["priority"]!, (string?)acquired.Body["env"]!["BUILDKITE_COMMAND"]));
        Assert.True((int)acquired.Body["chunks_max_size_bytes"]! > 0);
        var trace = it.Server.Observer.Find(id)!;
        Assert.Equal(
            [JobState.Scheduled, JobState.Reserved, JobState.Accepted, JobState.Running, JobState.Finished], trace.History.Select(step => step.State));
        Assert.Equal((0, 1, 1), (trace.Facts.ExitStatus, trace.Facts.Acquired, trace.Facts.Started));
        Assert.Equal(TimeSpan.FromSeconds(3), it.Server.Observer.TimeTo(JobState.Running).P50);
        Assert.Empty(it.Server.Observer.Violations);
    }

    [Fact]
    public async Task TheIntervalsAnAgentIsToldAreAtLeastASecond()
    {
        await using var it = await ServerFixture.StartAsync(options => options with
        {
            AgentIntervals = new() { Ping = TimeSpan.Zero, JobStatus = TimeSpan.FromMilliseconds(10), Heartbeat = TimeSpan.FromSeconds(7) },
        });

        var reply = await it.Client.PostAsync("register", new JsonObject { ["name"] = "a" });

        Assert.Equal(
            (1, 1, 7),
            ((int)reply.Body["ping_interval"]!, (int)reply.Body["job_status_interval"]!, (int)reply.Body["heartbeat_interval"]!));
    }

    [Fact]
    public async Task ASecondAgentIsRefusedAndNoticed()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());
        var first = await it.Client.AgentAsync();
        await it.Client.AcquireAsync(id, first);

        var again = await it.Client.AcquireAsync(id, first);
        var violationsBefore = it.Server.Observer.Violations.Count;
        var second = await it.Client.AcquireAsync(id, await it.Client.AgentAsync());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (again.Status, second.Status));
        Assert.Equal((0, 1), (violationsBefore, it.Server.Observer.Violations.Count));
        Assert.Equal(1, it.Server.Observer.Duplicates);
    }

    [Fact]
    public async Task AcquireChecksHeaderTokenJobAndQueue()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());
        var session = await it.Client.AgentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.PutAsync($"jobs/{id}/acquire", null, session)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await it.Client.AcquireAsync(id, "bkas_unknown")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.AcquireAsync(new JobId(Guid.NewGuid()), session)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.AcquireAsync(id, await it.Client.AgentAsync(true, "queue=linux"))).Status);
        await it.Server.CancelAsync(id);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.AcquireAsync(id, session)).Status);
    }

    [Fact]
    public async Task TheTokenOfOneJobOpensNoOther()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(2, new NewJob());
        var token = (string)(await it.Client.AcquireAsync(ids[0], await it.Client.AgentAsync())).Body["token"]!;

        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.PutAsync($"jobs/{ids[1]}/start", null, token)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.PutAsync($"jobs/{ids[0]}/finish", Success.DeepClone(), token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await it.Client.PutAsync($"jobs/{ids[0]}/start", null, token)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.PutAsync($"jobs/{ids[0]}/start", null, token)).Status);
    }

    [Fact]
    public async Task ACancelledJobEndsAsCancelledWhenItsAgentFinishesOrStaysSilent()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(3, new NewJob());
        var tokens = new List<string>();
        foreach (var id in ids)
        {
            var token = (string)(await it.Client.AcquireAsync(id, await it.Client.AgentAsync())).Body["token"]!;
            await it.Client.PutAsync($"jobs/{id}/start", null, token);
            tokens.Add(token);
        }

        await it.Server.CancelAsync(ids[0]);
        await it.Server.CancelAsync(ids[1]);
        await it.Server.TimeOutAsync(ids[2]);
        var told = (string?)(await it.Client.GetAsync($"jobs/{ids[0]}", tokens[0])).Body["state"];
        await it.Client.PutAsync($"jobs/{ids[0]}/finish", new JsonObject { ["exit_status"] = "143", ["signal_reason"] = "cancel" }, tokens[0]);
        await it.Client.PutAsync($"jobs/{ids[2]}/finish", new JsonObject { ["exit_status"] = "143" }, tokens[2]);
        it.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("canceling", told);
        Assert.Equal(["canceled", "canceled", "timed_out"], await Task.WhenAll(ids.Select(it.Client.StateAsync)));
        Assert.Equal((143, "cancel"), (it.Server.Observer.Find(ids[0])!.Facts.ExitStatus, it.Server.Observer.Find(ids[0])!.Facts.SignalReason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.PutAsync($"jobs/{ids[0]}/finish", Success.DeepClone(), tokens[0])).Status);
    }

    [Fact]
    public async Task ASilentAgentIsLostAndABeatingOneIsNot()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(2, new NewJob());
        var sessions = new[] { await it.Client.AgentAsync(), await it.Client.AgentAsync() };
        for (var index = 0; index < 2; index++)
        {
            await it.Client.AcquireAsync(ids[index], sessions[index]);
            await it.Client.PutAsync($"jobs/{ids[index]}/start", null, sessions[index]);
        }

        it.Clock.Advance(TimeSpan.FromMinutes(2));
        await it.Client.PostAsync("heartbeat", new JsonObject(), sessions[1]);
        it.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(("finished", "running"), (await it.Client.StateAsync(ids[0]), await it.Client.StateAsync(ids[1])));
        Assert.Equal(-1, it.Server.Observer.Find(ids[0])!.Facts.ExitStatus);
        await it.Client.PostAsync("disconnect", null, sessions[1]);
        Assert.Equal("finished", await it.Client.StateAsync(ids[1]));
    }

    [Fact]
    public async Task AnAcceptedJobThatIsNotStartedGoesBackToTheList()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(new NewJob());
        await it.Client.AcquireAsync(id, await it.Client.AgentAsync());

        it.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([id.ToString()], (await it.Client.ListAsync()).JobIds);
        Assert.Equal(HttpStatusCode.OK, (await it.Client.AcquireAsync(id, await it.Client.AgentAsync())).Status);
        Assert.Empty(it.Server.Observer.Violations);
    }

    [Fact]
    public async Task APollingAgentIsGivenTheOldestFreeJob()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(2, new NewJob());
        await it.Client.ReserveAsync([ids[0]]);
        var session = await it.Client.AgentAsync(acquireMode: false);

        var ping = await it.Client.GetAsync("ping", session);
        var accepted = await it.Client.PutAsync($"jobs/{ids[1]}/accept", null, session);

        Assert.Equal(ids[1].ToString(), (string?)ping.Body["job"]!["id"]);
        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        Assert.Equal("accepted", await it.Client.StateAsync(ids[1]));
    }

    [Fact]
    public async Task StartingAJobOfAPausedQueueIsNoticedUnlessItWasClaimedBefore()
    {
        await using var it = await ServerFixture.StartAsync();
        var ids = await it.Server.EnqueueManyAsync(2, new NewJob());
        await it.Client.ReserveAsync([ids[0]]);
        await it.Server.PauseQueueAsync("default");
        it.Clock.Advance(TimeSpan.FromMinutes(1));
        await it.Client.ReserveAsync(ids);

        await it.Client.AcquireAsync(ids[0], await it.Client.AgentAsync());
        var afterFirst = it.Server.Observer.Violations.Count;
        await it.Client.AcquireAsync(ids[1], await it.Client.AgentAsync());

        Assert.Equal(0, afterFirst);
        Assert.Contains(ids[1].ToString(), it.Server.Observer.Violations.Single(), StringComparison.Ordinal);
    }
}
