namespace Scheduler.Buildkite.Tests.Stub;

/// <summary>What the stub does with one request.</summary>
internal sealed record StubAnswer(int Status, string Body = "", StubFault Fault = StubFault.None)
{
    public (string Name, string Value)[] Headers { get; init; } = [];

    public static StubAnswer Ok(string body) => new(200, body);

    public static StubAnswer With(int status, params (string Name, string Value)[] headers) =>
        new(status, """{"message":"as scripted"}""") { Headers = headers };
}
