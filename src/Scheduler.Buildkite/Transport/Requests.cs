using System.Net.Http.Headers;

namespace Scheduler.Buildkite.Transport;

/// <summary>Turns calls into HTTP requests with the headers of stacks-api.md §1.</summary>
internal sealed class Requests(StacksClientOptions options)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _stackAgent = $"agent-stack-k8s/{options.UserAgentVersion} stackspi/v1.0.0";
    private readonly string _tokenAgent = $"buildkite/agent-stack-k8s {options.UserAgentVersion}";

    public HttpRequestMessage Build(StacksCall call)
    {
        var request = new HttpRequestMessage(call.Method, call.Uri);
        request.Headers.TryAddWithoutValidation("Authorization", $"Token {options.Token}");
        if (call.Endpoint == StacksEndpoint.Token)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", _tokenAgent);
            return request;
        }

        request.Headers.TryAddWithoutValidation("User-Agent", _stackAgent);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        // The content type belongs on calls without a body as well, and .NET keeps it with the content.
        request.Content = new ByteArrayContent(call.Body ?? []);
        request.Content.Headers.ContentType = Json;
        return request;
    }
}
