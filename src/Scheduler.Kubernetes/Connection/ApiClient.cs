using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;

namespace Scheduler.Kubernetes.Connection;

/// <summary>
/// Requests on KubernetesClient's own connections and credentials, for what its generated methods cannot do: the
/// <c>timeout</c> parameter, reading only the fields that are needed, and a body that is read with cancellation.
/// </summary>
internal sealed class ApiClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly k8s.Kubernetes _client;

    /// <exception cref="ArgumentException">The client is not KubernetesClient's own.</exception>
    public ApiClient(IKubernetes client) =>
        _client = client as k8s.Kubernetes
            ?? throw new ArgumentException($"{client?.GetType().Name ?? "null"} is no k8s.Kubernetes; make the client with {nameof(KubernetesConnection)}", nameof(client));

    public static ByteArrayContent JsonBody(string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = Json;
        return content;
    }

    /// <summary>Returns as soon as the head of a successful answer is there; the caller disposes it.</summary>
    /// <exception cref="ApiException">The API server answered with an error.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string verb, ApiResource resource, string pathAndQuery, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_client.BaseUri, pathAndQuery))
        {
            Version = HttpVersion.Version20,
            Content = content,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (_client.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }

        var response = await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ApiFailure.ReadAsync(response, verb, resource, cancellationToken);
        }
    }

    /// <summary>Like <see cref="SendAsync"/>, and reads the answer.</summary>
    /// <exception cref="JsonException">The answer cannot be understood.</exception>
    public async Task<T> ReadAsync<T>(
        HttpMethod method, string verb, ApiResource resource, string pathAndQuery, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, verb, resource, pathAndQuery, content, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("the answer is null");
    }
}
