using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Sandbox.Tests.Buildkite;

/// <summary>Plain HTTP to the server, as a stack called <c>test</c> or as an agent would send it.</summary>
internal sealed class BuildkiteClient(BuildkiteServer server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<Reply> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? token = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"{server.Endpoint}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Token", token ?? server.Token);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request);
        return new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    public Task<Reply> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    public Task<Reply> PostAsync(string path, JsonNode? body = null, string? token = null) => SendAsync(HttpMethod.Post, path, body, token);

    public Task<Reply> PutAsync(string path, JsonNode? body = null, string? token = null) => SendAsync(HttpMethod.Put, path, body, token);

    public Task<Reply> RegisterAsync(string key = "test", string queue = "_default") => PostAsync(
        "stacks/register",
        new JsonObject { ["key"] = key, ["type"] = "kubernetes", ["queue_key"] = queue, ["metadata"] = new JsonObject() });

    public Task<Reply> ListAsync(int limit = 1000, string? after = null, string stack = "test") =>
        GetAsync($"stacks/{stack}/scheduled-jobs?queue_key=_default&limit={limit}" + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}"));

    public Task<Reply> ReserveAsync(IEnumerable<JobId> ids, int? seconds = null, string stack = "test")
    {
        var body = new JsonObject { ["job_uuids"] = new JsonArray([.. ids.Select(id => (JsonNode)id.ToString())]) };
        if (seconds is not null)
        {
            body["reservation_expiry_seconds"] = seconds;
        }

        return PutAsync($"stacks/{stack}/scheduled-jobs/batch-reserve", body);
    }

    public Task<Reply> FinishAsync(JobId id, string detail = "no luck", int? exitStatus = -1)
    {
        var body = new JsonObject { ["detail"] = detail };
        if (exitStatus is not null)
        {
            body["exit_status"] = exitStatus;
        }

        return PostAsync($"stacks/test/jobs/{id}/finish", body);
    }

    public async Task<string> StateAsync(JobId id)
    {
        var reply = await PostAsync("stacks/test/jobs/get-states", new JsonObject { ["job_uuids"] = new JsonArray(id.ToString()) });
        return (string?)reply.Body["states"]![id.ToString()] ?? "";
    }

    /// <summary>The agent's session token.</summary>
    public async Task<string> AgentAsync(bool acquireMode = true, params string[] tags)
    {
        var reply = await PostAsync("register", new JsonObject
        {
            ["name"] = "agent",
            ["ignore_in_dispatches"] = acquireMode,
            ["meta_data"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
        });
        return (string)reply.Body["access_token"]!;
    }

    public Task<Reply> AcquireAsync(JobId id, string session) =>
        SendAsync(HttpMethod.Put, $"jobs/{id}/acquire", null, session, ("X-Buildkite-Lock-Acquire-Job", "1"));

    public void Dispose() => _http.Dispose();
}

internal sealed record Reply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
{
    public JsonNode Body => JsonNode.Parse(Text)!;

    public string Message => (string)Body["message"]!;

    public IEnumerable<string> JobIds => Body["jobs"]!.AsArray().Select(job => (string)job!["id"]!);

    public string? EndCursor => (string?)Body["page_info"]!["end_cursor"];

    public bool HasNext => (bool)Body["page_info"]!["has_next_page"]!;

    public IEnumerable<string> Texts(string field) => Body[field]!.AsArray().Select(text => (string)text!);

    public string Header(string name) => Headers.GetValues(name).Single();
}
