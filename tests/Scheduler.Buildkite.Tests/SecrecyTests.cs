using Scheduler.Buildkite.Tests.Stub;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Tests;

public sealed class SecrecyTests
{
    private const string EnvValue = "hunter2-in-the-env";

    private static readonly JobId Job = new(Guid.NewGuid());

    public static TheoryData<int, string, int> Answers()
    {
        var echo = $"you sent Authorization: Token {StubClients.Token}\r\nin vain";
        var job = $$$"""{"id":"{{{Job}}}","command":"x","env":{"SECRET":"{{{EnvValue}}}"}}""";
        return new TheoryData<int, string, int>
        {
            { 200, job, (int)StubFault.None },
            { 200, job, (int)StubFault.Truncate },
            { 200, job[..^2], (int)StubFault.None },
            { 200, $$$"""{"env":{"{{{EnvValue}}}":{"{{{EnvValue}}}":7} } }""", (int)StubFault.None },
            { 500, $$$"""{"env":{"SECRET":"{{{EnvValue}}}"}}""", (int)StubFault.None },
            { 401, $$$"""{"message":"bad token {{{StubClients.Token}}}"}""", (int)StubFault.None },
            { 200, echo, (int)StubFault.None },
            { 503, echo, (int)StubFault.None },
            { 503, string.Concat(Enumerable.Repeat(StubClients.Token, 200)), (int)StubFault.None },
            { 301, echo, (int)StubFault.None },
            { 200, "", (int)StubFault.Reset },
        };
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task NeitherTokenNorEnvironmentIsEverTold(int status, string body, int fault)
    {
        var log = new CapturedLog();
        await using var stub = await StacksStub.StartAsync(new StubAnswer(status, body, (StubFault)fault)
        {
            Headers = status < 400 ? [("X-Echo", StubClients.Token), ("Location", $"http://x/{StubClients.Token}")] : [],
        });
        using var client = stub.Client(options => options with { LogHttpPayloads = true }, logger: log);

        var told = await ToldAsync(() => client.Stack().GetJobAsync(Job, default));
        Assert.DoesNotContain(EnvValue, told + log.Text, StringComparison.Ordinal);
        told += await ToldAsync(() => client.GetTokenAsync(default));
        told += await ToldAsync(() => client.RegisterAsync(new StackRegistrationRequest("k", "q"), default));
        told += log.Text;

        Assert.NotEmpty(told);
        Assert.DoesNotContain(StubClients.Token, told, StringComparison.Ordinal);
        Assert.DoesNotContain(StubClients.Token[..12], told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PayloadLogsShowRequestsAndAnswersButNoEnvironment()
    {
        var log = new CapturedLog();
        await using var stub = await StacksStub.StartAsync(
            StubAnswer.Ok($$$"""{"env":{"SECRET":"{{{EnvValue}}}"}}"""), StubAnswer.Ok("""{"states":{"some":"running"}}"""));
        using var client = stub.Client(options => options with { LogHttpPayloads = true }, logger: log);

        await client.Stack().GetJobAsync(Job, default);
        await client.Stack().GetStatesAsync([Job], default);

        Assert.Contains("Authorization: Token [token]", log.Text, StringComparison.Ordinal);
        Assert.Contains($$$"""{"job_uuids":["{{{Job}}}"]}""", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(EnvValue, log.Text, StringComparison.Ordinal);
        Assert.Contains("\"some\":\"running\"", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutPayloadsOnlyTheCallIsLogged()
    {
        var log = new CapturedLog();
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("""{"states":{"some":"running"}}"""));
        using var client = stub.Client(logger: log);

        await client.Stack().GetStatesAsync([Job], default);

        Assert.Contains("get job states answered 200, 29 bytes", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("running", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTokenIsNotToldInAnotherWritingEither()
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"agent:{StubClients.Token}"));
        var log = new CapturedLog();
        await using var stub = await StacksStub.StartAsync(new StubAnswer(422, $$"""{"message":"you sent {{encoded}} and {{Uri.EscapeDataString(StubClients.Token)}}"}"""));
        using var client = stub.Client(options => options with { LogHttpPayloads = true }, logger: log);

        var told = await ToldAsync(() => client.GetTokenAsync(default)) + log.Text;

        Assert.DoesNotContain(encoded[12..^6], told, StringComparison.Ordinal);
        Assert.DoesNotContain(StubClients.Token, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodysTextSteersTheTerminalOfWhoReadsWhatBuildkiteIsTold()
    {
        const string Hostile = "a\r\nb\u001b[31mc\u2028d\u202ee\u0000f\ud800g\u009bh";
        await using var stub = await StacksStub.StartAsync(StubAnswer.Ok("{}"));
        using var client = stub.Client();

        await client.Stack().NotifyAsync([new StackNotification(Job, Hostile, null)], default);
        await client.Stack().FinishAsync(Job, -1, Hostile, default);

        var notification = System.Text.Json.Nodes.JsonNode.Parse(stub.Requests[0].Body)!["notifications"]![0]!["detail"]!.GetValue<string>();
        var finish = System.Text.Json.Nodes.JsonNode.Parse(stub.Requests[1].Body)!["detail"]!.GetValue<string>();
        Assert.Equal("a b\uFFFD[31mc d\uFFFDe\uFFFDf\uFFFDg\uFFFDh", notification);
        Assert.Equal("a\nb\uFFFD[31mc\nd\uFFFDe\uFFFDf\uFFFDg\uFFFDh", finish);
    }

    [Fact]
    public void OptionsDoNotPrintTheToken()
    {
        var options = new StacksClientOptions { Token = StubClients.Token + "\n" };

        Assert.DoesNotContain(StubClients.Token, options.ToString() + string.Concat(options.Problems()), StringComparison.Ordinal);
        Assert.Contains("line breaks", Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    private static async Task<string> ToldAsync(Func<Task> call)
    {
        var error = await Record.ExceptionAsync(call);
        return error?.ToString() ?? "";
    }
}
