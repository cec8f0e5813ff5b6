using System.Globalization;
using System.Runtime.InteropServices;
using Scheduler.Buildkite.Tests.Stub;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Buildkite.Tests;

public sealed class AnswerTests
{
    private static readonly JobId Job = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01");
    private static readonly JobId Other = JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a02");

    [Fact]
    public async Task TokenIdentityIsReadWithNullsAndUnknownFields()
    {
        var identity = await GetAsync(
            """{"uuid":"u","CLUSTER_uuid":"c","cluster_name":null,"organization_slug":"acme","organization_queue_key":"q","new":[1]}""",
            (client, _) => client.GetTokenAsync(default));

        Assert.Equal(("u", "c", null, "acme", "q"),
            (identity.Uuid, identity.ClusterUuid, identity.ClusterName, identity.OrganizationSlug, identity.QueueKey));
        Assert.True(identity.IsClustered);
    }

    [Fact]
    public async Task RegistrationKeepsTheAliasAndTheQueueTheServiceNames()
    {
        var stack = await GetAsync(
            """
            {"id":"i","organization_uuid":"o","key":"k","type":"kubernetes","cluster_queue_key":"main",
             "metadata":{"a":null},"state":"connected"}
            """,
            (client, _) => client.RegisterAsync(new StackRegistrationRequest("k", "~"), default),
            status: 201);

        Assert.Equal(("k", "~", "main", "i", "o", "connected"),
            (stack.Registration.Key, stack.Registration.Queue, stack.Registration.QueueKey, stack.Registration.Id,
                stack.Registration.OrganizationUuid, stack.Registration.State));
        Assert.Equal("", stack.Registration.Metadata["a"]);
    }

    [Fact]
    public async Task RegistrationFallsBackOnWhatWasAsked()
    {
        var stack = await GetAsync("{}", (client, _) => client.RegisterAsync(new StackRegistrationRequest("k", "q"), default));

        Assert.Equal(("k", "q", "q"), (stack.Registration.Key, stack.Registration.Queue, stack.Registration.QueueKey));
    }

    [Fact]
    public async Task AListPageIsReadWhole()
    {
        var page = await GetAsync(
            $$$"""
            {"jobs":[{"id":"{{{Job}}}","priority":5,"agent_query_rules":["queue=other","resource_class=small"],
              "scheduled_at":"2026-08-06T09:15:00.120Z","runnable_at":null,"pipeline":{"slug":"web","uuid":null},
              "build":{"number":412},"step":{"key":null}}],
             "cluster_queue":{"id":"cq-1","dispatch_paused":false,"paused":true},
             "page_info":{"has_next_page":true,"end_cursor":"Mj=="}}
            """,
            (_, stack) => stack.ListScheduledAsync(null, 10, default));

        var job = Assert.Single(page.Jobs);
        Assert.Equal((Job, 5, new DateTimeOffset(2026, 8, 6, 9, 15, 0, 120, TimeSpan.Zero)), (job.Id, job.Priority, job.ScheduledAt));
        Assert.Equal<string>(["queue=linux", "resource_class=small"], job.AgentQueryRules);
        Assert.Equal((false, true, "Mj==", null), (page.Paused, page.HasNextPage, page.EndCursor, page.Delay));
    }

    [Theory]
    [InlineData("""{"cluster_queue":{"dispatch_paused":true,"paused":false}}""", true)]
    [InlineData("""{"cluster_queue":{"dispatch_paused":null,"paused":true}}""", true)]
    [InlineData("""{"cluster_queue":{"paused":true}}""", true)]
    [InlineData("""{"cluster_queue":null,"jobs":null,"page_info":null}""", false)]
    [InlineData("\uFEFF{}", false)]
    public async Task PauseIsReadByEitherName(string body, bool paused)
    {
        var page = await GetAsync(body, (_, stack) => stack.ListScheduledAsync(null, 10, default));

        Assert.Equal((paused, false, null), (page.Paused, page.HasNextPage, page.EndCursor));
        Assert.Empty(page.Jobs);
    }

    [Fact]
    public async Task OneOddJobDoesNotCostThePage()
    {
        var page = await GetAsync(
            $$$"""
            {"jobs":[null,{"id":"nonsense"},{"id":17,"priority":"x"},
             {"ID":"{{{Job}}}","priority":1e300,"agent_query_rules":null,"scheduled_at":null},
             {"id":"{{{Other}}}","priority":null,"agent_query_rules":["a=b",7,{"c":[]},"d=e"],"scheduled_at":"2026-08-06 09:15:00"}]}
            """,
            (_, stack) => stack.ListScheduledAsync(null, 10, default));

        Assert.Equal([Job, Other], page.Jobs.Select(job => job.Id));
        Assert.Equal([int.MaxValue, 0], page.Jobs.Select(job => job.Priority));
        Assert.Equal<string>(["queue=linux"], page.Jobs[0].AgentQueryRules);
        Assert.Equal<string>(["a=b", "d=e", "queue=linux"], page.Jobs[1].AgentQueryRules);
        Assert.Equal(new DateTimeOffset(2026, 8, 6, 9, 15, 0, TimeSpan.Zero), page.Jobs[1].ScheduledAt);
    }

    [Fact]
    public async Task ADelayWishedWithAPageIsPassedOn()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}") with { Headers = [("Retry-After", "2.5")] });
        using var client = stub.Client();

        var page = await client.Stack().ListScheduledAsync(null, 10, default);

        Assert.Equal(TimeSpan.FromSeconds(2.5), page.Delay);
    }

    [Fact]
    public async Task JobsWithEqualRulesShareThemAcrossPages()
    {
        var jobs = string.Join(',', Enumerable.Range(0, 1000).Select(n =>
            $$$"""{"id":"{{{Guid.NewGuid()}}}","agent_query_rules":["queue=linux","size={{{n % 3}}}"]}"""));
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok($$$"""{"jobs":[{{{jobs}}}]}"""));
        using var client = stub.Client();
        var stack = client.Stack();

        var one = await stack.ListScheduledAsync(null, 1000, default);
        var two = await stack.ListScheduledAsync(null, 1000, default);

        Assert.Equal(1000, one.Jobs.Length);
        Assert.Equal(3, one.Jobs.Concat(two.Jobs).DistinctBy(job => ImmutableCollectionsMarshal.AsArray(job.AgentQueryRules)).Count());
    }

    [Fact]
    public async Task AJobOfHundredsOfKilobytesIsRead()
    {
        var large = new string('x', 300_000);

        var job = await GetAsync(
            $$$"""{"id":"{{{Job}}}","command":"make\ntest","env":{"BIG":"{{{large}}}","NONE":null,"Case":"a"}}""",
            (_, stack) => stack.GetJobAsync(Job, default));

        Assert.NotNull(job);
        Assert.Equal((Job, "make\ntest", large, "", "a"), (job.Id, job.Command, job.Env["BIG"], job.Env["NONE"], job.Env["Case"]));
    }

    [Fact]
    public async Task AJobTheServiceDoesNotKnowIsNull() =>
        Assert.Null(await GetAsync("""{"message":"no such job"}""", (_, stack) => stack.GetJobAsync(Job, default), status: 404));

    [Fact]
    public async Task StatesUnknownToUsAreUnknownAndIdsUnknownToBuildkiteAreAbsent()
    {
        var states = await GetAsync(
            $$$"""{"states":{"{{{Job}}}":"timing_out","{{{Other}}}":"platform_dreaming","odd":"running"}}""",
            (_, stack) => stack.GetStatesAsync([Job, Other, new JobId(Guid.NewGuid())], default));

        Assert.Equal(2, states.Count);
        Assert.Equal((JobState.TimingOut, JobState.Unknown), (states[Job], states[Other]));
    }

    [Theory]
    [InlineData(200, FinishOutcome.Finished)]
    [InlineData(204, FinishOutcome.Finished)]
    [InlineData(404, FinishOutcome.Gone)]
    [InlineData(422, FinishOutcome.AlreadyEnded)]
    public async Task FinishTellsWhatBecameOfTheJob(int status, FinishOutcome outcome) =>
        Assert.Equal(outcome, await GetAsync("", (_, stack) => stack.FinishAsync(Job, -1, "no pod", default), status));

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    public async Task DeregisteringTwiceIsFine(int status) => await GetAsync(
        "",
        async (_, stack) =>
        {
            await stack.DeregisterAsync(default);
            return true;
        },
        status);

    [Fact]
    public async Task RefusedNotificationsComeBackWithTheReason()
    {
        StackNotification[] sent = [new(Job, "a", null), new(Other, "", null), new(Job, "c", null)];

        var result = await GetAsync(
            """{"errors":[{"error":"detail is required","indexes":[1,99,-1]},{"error":null,"indexes":null}]}""",
            (_, stack) => stack.NotifyAsync(sent, default));

        Assert.Equal<RejectedNotification>([new RejectedNotification(sent[1], "detail is required")], result.Rejected);
        Assert.Empty(result.Failed);
        Assert.Null(result.Error);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void StateNamesGoBothWays(JobState state) =>
        Assert.Equal(state, JobStateNames.Parse(state.ToWireName().ToUpper(CultureInfo.InvariantCulture)));

    public static TheoryData<JobState> States() => [.. Enum.GetValues<JobState>()];

    private static async Task<T> GetAsync<T>(string body, Func<StacksClient, IStack, Task<T>> call, int status = 200)
    {
        await using var stub = await StacksStub.StartAsync(new StubAnswer(status, body));
        using var client = stub.Client();
        return await call(client, client.Stack());
    }
}
