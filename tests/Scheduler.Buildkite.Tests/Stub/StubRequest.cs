namespace Scheduler.Buildkite.Tests.Stub;

/// <summary>A request as it arrived; the target still escaped.</summary>
internal sealed record StubRequest(
    string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, TimeSpan ArrivedAt);
