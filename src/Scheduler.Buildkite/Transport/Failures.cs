using System.Globalization;
using System.Net;
using System.Text.Json;
using Scheduler.Buildkite.Wire;
using Scheduler.Core.Proxies;

namespace Scheduler.Buildkite.Transport;

/// <summary>
/// Words for what can go wrong with a call (stacks-api.md §11). Bodies of single jobs are never quoted: they hold environments.
/// </summary>
/// <param name="safe">Keeps the token out.</param>
/// <param name="proxy">That of the calls; null = <see cref="HttpClient.DefaultProxy"/>.</param>
internal sealed class Failures(SafeText safe, IWebProxy? proxy)
{
    public StacksApiException Refused(StacksCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var status = response.StatusCode;
        var redirect = safe.Clean((int)status is >= 300 and < 400 ? RedirectOf(response) : "");
        var who = status == HttpStatusCode.ProxyAuthenticationRequired ? $"the call{Through(call)} was" : "the service";
        var message = $"{call.Rules.Name}: {who} answered {(int)status} {NameOf(status)}{redirect}{Reason(call, body)}";
        return new StacksApiException(call.Endpoint, KindOf(status), message, status, retryAfter);
    }

    public StacksApiException Undecodable(
        StacksCall call, HttpStatusCode status, string flaw, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var seen = body.IsEmpty ? "it is empty" : call.Endpoint == StacksEndpoint.GetJob
            ? $"it has {body.Length} bytes, not shown since they may hold the job's environment"
            : $"it begins with: {safe.Preview(body)}";
        return new StacksApiException(
            call.Endpoint,
            StacksErrorKind.Transient,
            $"{call.Rules.Name}: the service answered {(int)status} with an unusable body ({safe.Clean(flaw)}); {seen}",
            status,
            retryAfter);
    }

    public static StacksApiException TooLarge(StacksCall call, HttpStatusCode status, int limit) => new(
        call.Endpoint,
        StacksErrorKind.Transient,
        string.Create(CultureInfo.InvariantCulture, $"{call.Rules.Name}: the service answered {(int)status} with more than {limit} bytes"),
        status);

    public StacksApiException TimedOut(StacksCall call, TimeSpan timeout) => new(
        call.Endpoint,
        StacksErrorKind.Transient,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{call.Rules.Name}: no complete answer from {call.Uri.Host}{Through(call)} within {timeout.TotalSeconds:0.###} s (http-timeout)"));

    public StacksApiException Broken(StacksCall call, Exception cause) => new(
        call.Endpoint,
        StacksErrorKind.Transient,
        $"{call.Rules.Name}: no complete answer from {call.Uri.Host}{Through(call)}: {safe.Preview(cause.Message)}",
        inner: cause);

    /// <summary>Where in the body decoding stopped; the decoder's own words may quote the body.</summary>
    public static string Position(JsonException error) => string.Create(
        CultureInfo.InvariantCulture,
        $"not the expected JSON at line {error.LineNumber.GetValueOrDefault() + 1}, byte {error.BytePositionInLine.GetValueOrDefault()}");

    private string Through(StacksCall call) => (proxy ?? HttpClient.DefaultProxy).Through(call.Uri);

    private static StacksErrorKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => StacksErrorKind.Unauthorized,
        HttpStatusCode.Forbidden => StacksErrorKind.Forbidden,
        HttpStatusCode.NotFound => StacksErrorKind.NotFound,
        HttpStatusCode.UnprocessableEntity => StacksErrorKind.Invalid,
        HttpStatusCode.TooManyRequests => StacksErrorKind.RateLimited,
        HttpStatusCode.ProxyAuthenticationRequired => StacksErrorKind.Transient,
        _ => (int)status >= 500 ? StacksErrorKind.Transient : StacksErrorKind.Permanent,
    };

    // Only the server: a path or query may hold anything.
    private static string RedirectOf(HttpResponseMessage response) => response.Headers.Location is { IsAbsoluteUri: true } target
        ? $" to {target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}; check agent-config.endpoint"
        : "; redirects are not followed, check agent-config.endpoint";

    private static string NameOf(HttpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : "(unknown status)";

    private string Reason(StacksCall call, ReadOnlySpan<byte> body) =>
        body.IsEmpty ? ""
        : StacksJson.ErrorOf(body)?.Message is { Length: > 0 } message ? $": {safe.Preview(message)}"
        : call.Endpoint == StacksEndpoint.GetJob ? $" ({body.Length} bytes)"
        : $": {safe.Preview(body)}";
}
