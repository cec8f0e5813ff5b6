using System.Net.Http.Headers;
using System.Text.Json;

namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>
/// Sends one call with the agent's habits: 429, 5xx and trouble on the line are retried after 1, 2, 4 … at most 32 seconds or as
/// <c>Retry-After</c> says; any other answer stands.
/// </summary>
internal sealed class AgentHttp(HttpClient http, string endpoint, TimeProvider time)
{
    private const int MaxDoublings = 5;

    public async Task<AgentReply> SendAsync(
        HttpMethod method, string path, string token, byte[]? body, int attempts, CancellationToken ct, bool isAcquire = false)
    {
        for (var attempt = 0; ; attempt++)
        {
            var wait = TimeSpan.FromSeconds(1 << Math.Min(attempt, MaxDoublings));
            var status = 0;
            try
            {
                using var request = Request(method, path, token, body, isAcquire ? attempt : null);
                using var response = await http.SendAsync(request, ct);
                status = (int)response.StatusCode;
                if (status != 429 && status < 500)
                {
                    return new AgentReply(status, await BodyAsync(response, ct));
                }

                wait = response.Headers.RetryAfter?.Delta ?? wait;
            }
            catch (Exception trouble) when (IsOfTheLine(trouble) && !ct.IsCancellationRequested)
            {
                status = 0;
            }

            if (attempt + 1 >= attempts)
            {
                return new AgentReply(status, null);
            }

            await Task.Delay(wait, time, ct);
        }
    }

    /// <summary>A time-out shows as a cancellation that nobody asked for.</summary>
    private static bool IsOfTheLine(Exception trouble) =>
        trouble is HttpRequestException or IOException or JsonException or TaskCanceledException;

    private HttpRequestMessage Request(HttpMethod method, string path, string token, byte[]? body, int? acquireAttempt)
    {
        var request = new HttpRequestMessage(method, $"{endpoint}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", token);
        if (acquireAttempt is { } number)
        {
            request.Headers.Add("X-Buildkite-Lock-Acquire-Job", "1");
            request.Headers.Add("X-Buildkite-Backoff-Sequence", $"{number}");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static async Task<JsonDocument?> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength == 0)
        {
            return null;
        }

        using var body = await response.Content.ReadAsStreamAsync(ct);
        return await JsonDocument.ParseAsync(body, default, ct);
    }
}
