using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Scheduler.Buildkite.Tests.Stub;

/// <summary>Keeps every log line with its values.</summary>
internal sealed class CapturedLog : ILogger<StacksClient>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
}
