using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Scheduler.Cluster.Launching;
using Scheduler.Management.Limiter;
using Scheduler.Management.Members;
using Scheduler.Management.Shards;

namespace Scheduler.Status;

/// <summary>Asks one node's management server.</summary>
internal sealed class StatusClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="node">Its management address.</param>
    /// <param name="token">Token to show; empty = none.</param>
    public StatusClient(Uri node, string token)
    {
        _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3) })
        {
            BaseAddress = new Uri(node.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(12),
            MaxResponseContentBufferSize = 16 << 20,
        };
        if (token.Length > 0)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <exception cref="HttpRequestException">The node cannot be reached, or is no scheduler node.</exception>
    /// <exception cref="JsonException">What answers is something else.</exception>
    public async Task<ClusterStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var members = await _http.GetFromJsonAsync<MembersDocument>("cluster/members", cancellationToken);
        var singletons = await _http.GetFromJsonAsync<SingletonsDocument>("singletons", cancellationToken);
        return members?.Members is null || singletons is null
            ? throw new JsonException("not a scheduler's management address")
            : new ClusterStatus(members, singletons, await ShardsAsync(cancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private async Task<ShardStatsDocument?> ShardsAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"cluster/shards/{JobRouting.RegionName}/stats", cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<ShardStatsDocument>(cancellationToken) : null;
    }
}
