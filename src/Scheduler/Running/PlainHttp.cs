namespace Scheduler.Running;

/// <summary>
/// Where secrets would go over the network in the clear, beside <c>agent-config.endpoint</c>, which the configuration's own rules
/// look at.
/// </summary>
internal static class PlainHttp
{
    private static readonly string[] TraceEndpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
    private static readonly string[] TraceHeaders = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"];

    public static bool IsExposed(Uri endpoint) => endpoint.Scheme == Uri.UriSchemeHttp && !endpoint.IsLoopback;

    /// <param name="kubernetes">Address of the API server.</param>
    /// <param name="variable">An environment variable's value; null when it is not set.</param>
    public static IEnumerable<ExposedEndpoint> Exposed(Uri kubernetes, Func<string, string?> variable)
    {
        if (IsExposed(kubernetes))
        {
            yield return new ExposedEndpoint(
                $"the API server {Server(kubernetes)} is asked by plain http: credentials and Secrets can be read on the way",
                "use its https address");
        }

        // A collector in the cluster is commonly asked by http; only what is sent to log in there is secret.
        if (!Tracing.IsWanted(variable) || TraceHeaders.All(name => string.IsNullOrEmpty(variable(name))))
        {
            yield break;
        }

        foreach (var name in TraceEndpoints)
        {
            if (Uri.TryCreate(variable(name), UriKind.Absolute, out var endpoint) && IsExposed(endpoint))
            {
                yield return new ExposedEndpoint(
                    $"{name} {Server(endpoint)} is plain http: the headers by which the exporter logs in can be read on the way", "use https");
            }
        }
    }

    private static string Server(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}

/// <summary>A place to which secrets go in the clear.</summary>
/// <param name="Finding">Which, and what is at stake.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record ExposedEndpoint(string Finding, string Remedy);
