using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Endpoints that would be sent secrets in the clear.</summary>
internal static class EndpointWarnings
{
    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        if (options.AgentConfig?.Endpoint is { Length: > 0 } endpoint
            && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttp
            && !uri.IsLoopback)
        {
            draft.Warn(
                "agent-config.endpoint",
                endpoint,
                $"agent-config.endpoint {Server(uri)} is plain http: the agent token and the jobs' environments can be read on the way",
                "write it with https, or reach it through a proxy on this machine");
        }
    }

    /// <summary>Without user, path and query, which may be secret.</summary>
    private static string Server(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
