using System.Text;
using Microsoft.Extensions.Logging;

namespace Scheduler.Buildkite.Transport;

/// <summary>
/// Tells at debug level what goes over the wire. Payloads only when asked for; never the token, never the body of a single
/// job, which is its environment.
/// </summary>
internal sealed partial class TrafficLog(ILogger logger, SafeText safe, bool payloads)
{
    private const int PayloadLimit = 16 * 1024;

    private long _exchanges;

    /// <summary>Numbers the exchange, so that its answer can be told from others'.</summary>
    public long Sending(StacksCall call, HttpRequestMessage request)
    {
        var exchange = Interlocked.Increment(ref _exchanges);
        LogSending(exchange, call.Method, call.Uri);
        if (payloads && logger.IsEnabled(LogLevel.Debug))
        {
            var headers = Headers(request.Headers.NonValidated);
            var body = Shown(call.Body ?? []);
            LogRequestPayload(exchange, headers, body);
        }

        return exchange;
    }

    public void Answered(StacksCall call, long exchange, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeSpan elapsed)
    {
        LogAnswered(exchange, call.Rules.Name, (int)response.StatusCode, body.Length, elapsed.TotalMilliseconds);
        if (payloads && logger.IsEnabled(LogLevel.Debug))
        {
            var shown = call.Endpoint == StacksEndpoint.GetJob ? "(not shown: it holds the job's environment)" : Shown(body);
            var headers = Headers(response.Headers.NonValidated);
            LogAnswerPayload(exchange, headers, shown);
        }
    }

    public void Retrying(int attempt, int attempts, TimeSpan wait, Exception? error) =>
        LogRetrying(attempt, attempts, wait.TotalSeconds, error?.Message ?? "");

    private string Headers(System.Net.Http.Headers.HttpHeadersNonValidated headers)
    {
        var lines = headers.Select(header => string.Equals(header.Key, "Authorization", StringComparison.OrdinalIgnoreCase)
            ? "Authorization: Token " + SafeText.Mask
            : $"{header.Key}: {header.Value}");
        return safe.Clean(string.Join("; ", lines));
    }

    private string Shown(ReadOnlySpan<byte> body)
    {
        var text = safe.Clean(Encoding.UTF8.GetString(body));
        return text.Length <= PayloadLimit ? text : $"{text[..PayloadLimit]}… ({text.Length} characters)";
    }
}
