using System.Text.Json;
using Scheduler.Buildkite.Tests.Stub;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Buildkite.Tests;

public sealed class ChunkTests
{
    private static readonly JobId[] Jobs = [.. Enumerable.Range(0, 2500).Select(_ => new JobId(Guid.NewGuid()))];

    [Fact]
    public async Task ReservingSplitsIntoThousandsAndGathersTheAnswers()
    {
        await using var stub = await StacksStub.StartAsync(request => StubAnswer.Ok(ReservedAll(request)));
        using var client = stub.Client();

        var result = await client.Stack().ReserveAsync(Jobs, TimeSpan.FromMinutes(1), default);

        Assert.Equal([1000, 1000, 500], stub.Requests.Select(request => IdsIn(request).Length));
        Assert.Equal(Jobs, result.Reserved);
        Assert.Equal((0, 0, null), (result.NotReserved.Length, result.Failed.Length, result.Error));
    }

    [Fact]
    public async Task AFailedRequestDoesNotLoseTheAnswersOfTheOthers()
    {
        await using var stub = await StacksStub.StartAsync(request =>
            IdsIn(request).Contains(Jobs[1000].ToString()) ? StubAnswer.With(503) : StubAnswer.Ok(ReservedAll(request)));
        using var client = stub.Client();

        var result = await client.Stack().ReserveAsync(Jobs, null, default);

        Assert.Equal(Jobs.Take(1000).Concat(Jobs.Skip(2000)), result.Reserved);
        Assert.Equal(Jobs.Skip(1000).Take(1000), result.Failed);
        Assert.Equal(StacksErrorKind.Transient, result.Error?.Kind);
    }

    [Fact]
    public async Task ARefusalThatConcernsAllIsNotRepeatedForTheRest()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(401));
        using var client = stub.Client();

        var result = await client.Stack().ReserveAsync(Jobs, null, default);

        Assert.Single(stub.Requests);
        Assert.Equal(Jobs, result.Failed);
        Assert.Equal(StacksErrorKind.Unauthorized, result.Error?.Kind);
    }

    [Fact]
    public async Task AJobTheAnswerDoesNotMentionHasAnUnknownOutcome()
    {
        var upperCase = Jobs[1].ToString().ToUpperInvariant();
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok(
            $$"""{"reserved":["{{Jobs[0]}}","{{Guid.NewGuid()}}"],"not_reserved":["{{upperCase}}",null]}"""));
        using var client = stub.Client();

        var result = await client.Stack().ReserveAsync([Jobs[0], Jobs[1], Jobs[2]], null, default);

        Assert.Equal<JobId>([Jobs[0]], result.Reserved);
        Assert.Equal<JobId>([Jobs[1]], result.NotReserved);
        Assert.Equal<JobId>([Jobs[2]], result.Failed);
        Assert.Contains("1 of 3", result.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToReserveAsksNothing()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(500));
        using var client = stub.Client();

        var result = await client.Stack().ReserveAsync([], null, default);

        Assert.Empty(stub.Requests);
        Assert.Null(result.Error);
    }

    [Fact]
    public async Task StatesAreAskedForInThousands()
    {
        await using var stub = await StacksStub.StartAsync(request => StubAnswer.Ok(
            $$$"""{"states": { {{{string.Join(',', IdsIn(request).Select(id => $"\"{id}\":\"running\""))}}} } }"""));
        using var client = stub.Client();

        var states = await client.Stack().GetStatesAsync(Jobs, default);

        Assert.Equal([500, 1000, 1000], stub.Requests.Select(request => IdsIn(request).Length).Order());
        Assert.Equal(Jobs.Order(), states.Keys.Order());
        Assert.All(states.Values, state => Assert.Equal(JobState.Running, state));
    }

    [Fact]
    public async Task AFailedRequestForStatesFailsTheCall()
    {
        await using var stub = await StacksStub.StartAsync(StubAnswer.With(403));
        using var client = stub.Client();

        var error = await Assert.ThrowsAsync<StacksApiException>(() => client.Stack().GetStatesAsync(Jobs, default));

        Assert.Equal(StacksErrorKind.Forbidden, error.Kind);
    }

    [Fact]
    public async Task NotificationsGoOutInThousandsAndAFailedRequestLeavesTheOthers()
    {
        var sent = Jobs.Select(job => new StackNotification(job, new string('é', 200), null)).ToArray();
        await using var stub = await StacksStub.StartAsync(
            StubAnswer.With(502), StubAnswer.Ok("""{"errors":null}"""), StubAnswer.Ok("""{"errors":[{"error":"no","indexes":[0]}]}"""));
        using var client = stub.Client();

        var result = await client.Stack().NotifyAsync(sent, default);

        Assert.Equal(sent.Take(1000), result.Failed);
        Assert.Equal<RejectedNotification>([new RejectedNotification(sent[2000], "no")], result.Rejected);
        Assert.Equal(StacksEndpoint.Notify, result.Error?.Endpoint);
        Assert.All(stub.Requests, request => Assert.All(
            JsonDocument.Parse(request.Body).RootElement.GetProperty("notifications").EnumerateArray(),
            line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line.GetProperty("detail").GetString()!), 254, 255)));
    }

    private static string[] IdsIn(StubRequest request) =>
        [.. JsonDocument.Parse(request.Body).RootElement.GetProperty("job_uuids").EnumerateArray().Select(id => id.GetString()!)];

    private static string ReservedAll(StubRequest request) =>
        $$$"""{"reserved":[{{{string.Join(',', IdsIn(request).Select(id => $"\"{id}\""))}}}],"not_reserved":null}""";
}
