using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Sandbox.Tests.Buildkite;

public sealed class StackCallsTests
{
    private static readonly NewJob Example = new()
    {
        Id = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01"),
        Priority = 5,
        Rules = ["queue=linux", "resource_class=small"],
        PipelineSlug = "web",
        Command = "make test",
        Repository = "https://example.org/acme/web.git",
        PluginsJson = """[{"github.com/buildkite-plugins/kubernetes-buildkite-plugin":{}}]""",
    };

    [Fact]
    public async Task TheTokenCallNamesOrganisationAndCluster()
    {
        await using var it = await ServerFixture.StartAsync();

        var reply = await it.Client.GetAsync("token");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("acme", (string?)reply.Body["organization_slug"]);
        Assert.Equal("Default cluster", (string?)reply.Body["cluster_name"]);
        Assert.NotEmpty((string)reply.Body["cluster_uuid"]!);
        Assert.Null(reply.Body["organization_queue_key"]);
    }

    [Fact]
    public async Task AnUnclusteredTokenHasNoClusterAndReachesNoStackCall()
    {
        await using var it = await ServerFixture.StartAsync(options => options with { ClusterUuid = "" });

        Assert.Equal("", (string?)(await it.Client.GetAsync("token")).Body["cluster_uuid"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await it.Client.ListAsync()).Status);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("stacks/test/scheduled-jobs?queue_key=_default")]
    [InlineData("ping")]
    public async Task AForeignTokenIsRefused(string path)
    {
        await using var it = await ServerFixture.StartAsync();

        var reply = await it.Client.GetAsync(path, "bkct_foreign");

        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.NotEmpty(reply.Message);
    }

    [Fact]
    public async Task AnUnknownPathAnswersJson()
    {
        await using var it = await ServerFixture.StartAsync();

        var reply = await it.Client.GetAsync("nothing/here");

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.NotEmpty(reply.Message);
    }

    [Fact]
    public async Task RegisteringAgainKeepsTheIdAndReplacesTheQueue()
    {
        await using var it = await ServerFixture.StartAsync(options => options with { Queues = ["linux"] });

        var first = await it.Client.RegisterAsync("a");
        var second = await it.Client.RegisterAsync("a", "linux");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal((string?)first.Body["id"], (string?)second.Body["id"]);
        Assert.Equal(("_default", "linux"), ((string?)first.Body["cluster_queue_key"], (string?)second.Body["cluster_queue_key"]));
        Assert.Equal(("a", "kubernetes", "connected"), ((string?)first.Body["key"], (string?)first.Body["type"], (string?)first.Body["state"]));
        Assert.Empty(first.Body["metadata"]!.AsObject());
    }

    [Theory]
    [InlineData("_default")]
    [InlineData("__default__")]
    [InlineData("~")]
    [InlineData("-")]
    [InlineData("default")]
    public async Task TheDefaultQueueHasManyNames(string name)
    {
        await using var it = await ServerFixture.StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await it.Client.RegisterAsync("a", name)).Status);
    }

    [Fact]
    public async Task BadRegistrationsAreRefused()
    {
        await using var it = await ServerFixture.StartAsync(options => options with { MaxStacks = 1 });

        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.RegisterAsync("a", "unknown")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.RegisterAsync("a.b")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.PostAsync("stacks/register", new JsonObject())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await it.Client.RegisterAsync("second")).Status);
    }

    [Fact]
    public async Task ADeregisteredStackIsUnknownUntilItRegistersAgain()
    {
        await using var it = await ServerFixture.StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await it.Client.PostAsync("stacks/test/deregister")).Status);
        var refused = await it.Client.ListAsync();
        await it.Client.RegisterAsync();

        Assert.Equal((HttpStatusCode.NotFound, "Stack not found with the provided key"), (refused.Status, refused.Message));
        Assert.Equal(HttpStatusCode.OK, (await it.Client.ListAsync()).Status);
    }

    [Fact]
    public async Task AListedJobLooksAsDocumented()
    {
        await using var it = await ServerFixture.StartAsync();
        await it.Server.EnqueueAsync(Example);

        var reply = await it.Client.ListAsync();

        var job = reply.Body["jobs"]!.AsArray().Single()!;
        Assert.Equal("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01", (string?)job["id"]);
        Assert.Equal(5, (int)job["priority"]!);
        Assert.Equal(["queue=linux", "resource_class=small"], job["agent_query_rules"]!.AsArray().Select(rule => (string?)rule));
        Assert.Equal("2026-08-06T09:15:00.120Z", (string?)job["scheduled_at"]);
        Assert.Equal("web", (string?)job["pipeline"]!["slug"]);
        Assert.Equal((1, "main"), ((int)job["build"]!["number"]!, (string?)job["build"]!["branch"]));
        Assert.True(job["step"]!.AsObject().ContainsKey("key"));
        Assert.Null(job["step"]!["key"]);
        Assert.False((bool)reply.Body["cluster_queue"]!["dispatch_paused"]!);
        Assert.False((bool)reply.Body["cluster_queue"]!["paused"]!);
        Assert.False(reply.HasNext);
        Assert.NotNull(reply.EndCursor);
    }

    [Fact]
    public async Task APausedQueueStillListsItsJobsAndSaysSoUnderBothNames()
    {
        await using var it = await ServerFixture.StartAsync();
        await it.Server.EnqueueAsync(Example);
        await it.Server.PauseQueueAsync("_default");

        var paused = await it.Client.ListAsync();
        await it.Server.ResumeQueueAsync("default");

        Assert.Single(paused.JobIds);
        Assert.True((bool)paused.Body["cluster_queue"]!["dispatch_paused"]!);
        Assert.True((bool)paused.Body["cluster_queue"]!["paused"]!);
        Assert.False((bool)(await it.Client.ListAsync()).Body["cluster_queue"]!["dispatch_paused"]!);
    }

    [Theory]
    [InlineData("queue_key=_default&limit=0", HttpStatusCode.BadRequest)]
    [InlineData("queue_key=_default&limit=many", HttpStatusCode.BadRequest)]
    [InlineData("queue_key=_default&after=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("limit=5", HttpStatusCode.BadRequest)]
    [InlineData("queue_key=unknown", HttpStatusCode.NotFound)]
    [InlineData("queue_key=_default&limit=5000", HttpStatusCode.OK)]
    public async Task ListParametersAreChecked(string query, HttpStatusCode expected)
    {
        await using var it = await ServerFixture.StartAsync();

        Assert.Equal(expected, (await it.Client.GetAsync($"stacks/test/scheduled-jobs?{query}")).Status);
    }

    [Fact]
    public async Task AJobCarriesCommandAndEnvironmentAndNothingElse()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(Example);

        var reply = await it.Client.GetAsync($"stacks/test/jobs/{id}");

        Assert.Equal(["command", "env", "id"], reply.Body.AsObject().Select(field => field.Key).Order());
        Assert.Equal("make test", (string?)reply.Body["command"]);
        Assert.Equal(id.ToString(), (string?)reply.Body["env"]!["BUILDKITE_JOB_ID"]);
        Assert.Equal("https://buildkite.com/acme/web/builds/1", (string?)reply.Body["env"]!["BUILDKITE_BUILD_URL"]);
        Assert.Equal(Example.PluginsJson, (string?)reply.Body["env"]!["BUILDKITE_PLUGINS"]);
        Assert.Equal("", (string?)reply.Body["env"]!["BUILDKITE_STEP_KEY"]);
    }

    [Fact]
    public async Task AnEndedOrUnknownJobIsNotFound()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(Example);
        await it.Server.CancelAsync(id);

        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.GetAsync($"stacks/test/jobs/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.GetAsync($"stacks/test/jobs/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.GetAsync("stacks/test/jobs/no-uuid")).Status);
    }

    [Fact]
    public async Task StatesOfUnknownJobsAreAbsent()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(Example);

        var reply = await it.Client.PostAsync(
            "stacks/test/jobs/get-states", new JsonObject { ["job_uuids"] = new JsonArray(id.ToString(), Guid.NewGuid().ToString(), "x") });

        Assert.Equal($$$"""{"states":{"{{{id}}}":"scheduled"}}""", reply.Text);
    }

    [Fact]
    public async Task AStackFinishesAJobOnce()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(Example);

        var first = await it.Client.FinishAsync(id, "The pod was evicted", exitStatus: null);
        var second = await it.Client.FinishAsync(id);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (first.Status, second.Status));
        Assert.Equal("finished", await it.Client.StateAsync(id));
        var trace = it.Server.Observer.Find(id)!;
        Assert.Equal((-1, "The pod was evicted", 2), (trace.Facts.ExitStatus, trace.Facts.Detail, trace.Facts.StackFinishes));
        Assert.Equal("STACK_ERRORED", trace.History[^1].Cause);
        Assert.Contains(it.Server.Observer.Violations, text => text.Contains("finish called 2 times", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await it.Client.FinishAsync(new JobId(Guid.NewGuid()))).Status);
    }

    [Fact]
    public async Task TheDetailOfAFinishIsLimitedInBytes()
    {
        await using var it = await ServerFixture.StartAsync();
        var id = await it.Server.EnqueueAsync(Example);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.FinishAsync(id, new string('…', 1366))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.FinishAsync(id, "")).Status);
        Assert.Equal(HttpStatusCode.OK, (await it.Client.FinishAsync(id, new string('…', 1365), 0)).Status);
        Assert.Equal("STACK_FINISHED", it.Server.Observer.Find(id)!.History[^1].Cause);
    }

    [Fact]
    public async Task BatchesHoldAThousandIds()
    {
        await using var it = await ServerFixture.StartAsync();
        var tooMany = Enumerable.Range(0, 1001).Select(_ => new JobId(Guid.NewGuid())).ToList();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await it.Client.ReserveAsync(tooMany)).Status);
        Assert.Equal(HttpStatusCode.OK, (await it.Client.ReserveAsync(tooMany.Take(1000))).Status);
        var text = await it.Client.PostAsync("stacks/test/jobs/get-states", new JsonObject { ["job_uuids"] = "one" });
        Assert.Equal((HttpStatusCode.BadRequest, "job_uuids must be an array"), (text.Status, text.Message));
        Assert.Equal(2, it.Server.Observer.Violations.Count);
    }

    [Fact]
    public async Task JobsOfOtherQueuesAreListedThereOnly()
    {
        await using var it = await ServerFixture.StartAsync();
        var here = await it.Server.EnqueueAsync(new NewJob());
        var there = await it.Server.EnqueueAsync(new NewJob { Queue = "linux" });

        var linux = await it.Client.GetAsync("stacks/test/scheduled-jobs?queue_key=linux");

        Assert.Equal([here.ToString()], (await it.Client.ListAsync()).JobIds);
        Assert.Equal([there.ToString()], linux.JobIds);
        Assert.Equal("queue=linux", (string?)linux.Body["jobs"]![0]!["agent_query_rules"]![0]);
    }

    [Fact]
    public async Task TimestampsAreUtcWithMilliseconds()
    {
        await using var it = await ServerFixture.StartAsync();

        var text = (string)(await it.Client.RegisterAsync("b")).Body["last_connected_on"]!;

        Assert.Equal(it.Clock.GetUtcNow(), DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
        Assert.EndsWith("Z", text, StringComparison.Ordinal);
    }
}
