using System.Text.Json.Nodes;

namespace Scheduler.Benchmarks;

/// <summary>Asks nodes who is in their cluster.</summary>
internal sealed class Membership : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>The node answers and finds so many nodes up, and all within reach.</summary>
    public async Task<bool> IsCompleteAsync(Uri management, int nodes, CancellationToken cancellationToken)
    {
        try
        {
            var members = JsonNode.Parse(await _http.GetStringAsync(new Uri(management, "cluster/members"), cancellationToken));
            return members?["unreachable"] is JsonArray { Count: 0 }
                && members["members"]!.AsArray().Count(member => member?["status"]?.GetValue<string>() == "Up") == nodes;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
