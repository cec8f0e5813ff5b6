using Microsoft.Extensions.Logging;

namespace Scheduler.Buildkite.Transport;

internal sealed partial class TrafficLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Buildkite #{Exchange}: {Method} {Uri}")]
    private partial void LogSending(long exchange, HttpMethod method, Uri uri);

    [LoggerMessage(
        Level = LogLevel.Debug, Message = "Buildkite #{Exchange}: {Call} answered {Status}, {Bytes} bytes, after {Milliseconds} ms")]
    private partial void LogAnswered(long exchange, string call, int status, int bytes, double milliseconds);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Buildkite #{Exchange} request headers: {Headers} body: {Body}")]
    private partial void LogRequestPayload(long exchange, string headers, string body);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Buildkite #{Exchange} answer headers: {Headers} body: {Body}")]
    private partial void LogAnswerPayload(long exchange, string headers, string body);

    [LoggerMessage(Level = LogLevel.Information, Message = "Buildkite: attempt {Attempt} of {Attempts} in {Seconds} s, since {Error}")]
    private partial void LogRetrying(int attempt, int attempts, double seconds, string error);
}
