using System.Globalization;
using System.Text.Json;

namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>The agent API's calls that the simulated agent makes (stacks-api.md §17.3).</summary>
internal sealed class AgentApi(HttpClient http, string endpoint, TimeProvider time)
{
    private const int Attempts = 7;
    private readonly AgentHttp _http = new(http, endpoint, time);

    /// <summary>Null if the server refuses.</summary>
    public async Task<AgentSession?> RegisterAsync(AgentOrder order, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new AgentRegistration(order.Name, order.Name, "linux", "amd64", true, order.Tags), AgentJson.Default.AgentRegistration);
        using var reply = await _http.SendAsync(HttpMethod.Post, "register", order.Token, body, Attempts, ct);
        if (reply.Body is not { } answer)
        {
            return null;
        }

        return new AgentSession(
            answer.GetProperty("access_token").GetString()!,
            Seconds(answer, "job_status_interval"),
            Seconds(answer, "heartbeat_interval"));
    }

    /// <summary>The job, or the status with which it was refused.</summary>
    public async Task<(int Status, AcquiredJob? Job)> AcquireAsync(AgentSession agent, string job, CancellationToken ct)
    {
        using var reply = await _http.SendAsync(HttpMethod.Put, $"jobs/{job}/acquire", agent.Token, null, Attempts, ct, isAcquire: true);
        if (reply.Body is not { } answer)
        {
            return (reply.Status, null);
        }

        var env = answer.GetProperty("env").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal);
        var token = answer.TryGetProperty("token", out var given) && given.GetString() is { Length: > 0 } own ? own : agent.Token;
        return (reply.Status, new AcquiredJob(job, token, env));
    }

    public async Task<bool> StartAsync(AcquiredJob job, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new JobStart(Now), AgentJson.Default.JobStart);
        using var reply = await _http.SendAsync(HttpMethod.Put, $"jobs/{job.Id}/start", job.Token, body, Attempts, ct);
        return reply.Succeeded;
    }

    /// <summary>The job's state; null if the server did not say.</summary>
    public async Task<string?> StateAsync(AcquiredJob job, CancellationToken ct)
    {
        using var reply = await _http.SendAsync(HttpMethod.Get, $"jobs/{job.Id}", job.Token, null, 1, ct);
        return reply.Status == 401 ? "canceling" : reply.Body?.GetProperty("state").GetString();
    }

    public async Task HeartbeatAsync(AgentSession agent, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Heartbeat(Now), AgentJson.Default.Heartbeat);
        using var reply = await _http.SendAsync(HttpMethod.Post, "heartbeat", agent.Token, body, 1, ct);
    }

    public async Task FinishAsync(AcquiredJob job, AgentResult result, CancellationToken ct)
    {
        var status = result.ExitStatus.ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(new JobFinish(status, result.SignalReason, Now, 0), AgentJson.Default.JobFinish);
        using var reply = await _http.SendAsync(HttpMethod.Put, $"jobs/{job.Id}/finish", job.Token, body, 12, ct);
    }

    public async Task DisconnectAsync(AgentSession agent, CancellationToken ct)
    {
        using var reply = await _http.SendAsync(HttpMethod.Post, "disconnect", agent.Token, null, 4, ct);
    }

    private string Now => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private static TimeSpan Seconds(JsonElement answer, string field) => TimeSpan.FromSeconds(answer.GetProperty(field).GetInt32());
}
