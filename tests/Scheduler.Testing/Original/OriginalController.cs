using System.Net.Http.Json;
using k8s;
using Scheduler.Core.Identity;
using Scheduler.Sandbox.Buildkite;

namespace Scheduler.Testing.Original;

/// <summary>
/// The part of the original that its successor gets to see: it registers the stack key, reserves jobs under it, makes Kubernetes
/// Jobs, and deregisters the key when it ends. It shares no code with the scheduler.
/// </summary>
public sealed class OriginalController : IDisposable
{
    private const string DefaultKey = "agent-stack-k8s";

    private readonly HttpClient _buildkite = new(new SocketsHttpHandler());
    private readonly IKubernetes _kubernetes;
    private readonly string _namespace;
    private readonly string _id;
    private readonly Uri _endpoint;

    private OriginalController(BuildkiteServer buildkite, IKubernetes kubernetes, string ns, string id)
    {
        (_kubernetes, _namespace, _id, _endpoint) = (kubernetes, ns, id, buildkite.Endpoint);
        _buildkite.DefaultRequestHeaders.Add("Authorization", $"Token {buildkite.Token}");
    }

    /// <param name="buildkite">Where it registers.</param>
    /// <param name="kubernetes">Where it makes Jobs.</param>
    /// <param name="ns">In which namespace.</param>
    /// <param name="id">The controller's id; empty for none.</param>
    public static async Task<OriginalController> StartAsync(BuildkiteServer buildkite, IKubernetes kubernetes, string ns, string id)
    {
        var controller = new OriginalController(buildkite, kubernetes, ns, id);
        var registration = new { key = controller.Key, type = "kubernetes", queue_key = "_default", metadata = new { } };
        await controller.CallAsync(HttpMethod.Post, "register", registration);
        return controller;
    }

    /// <summary>Reserves the jobs, as the original does with all it finds, whether or not there is room for them.</summary>
    public Task ReserveAsync(params JobId[] jobs) => CallAsync(
        HttpMethod.Put,
        $"{Key}/scheduled-jobs/batch-reserve",
        new { job_uuids = jobs.Select(job => job.ToString()), reservation_expiry_seconds = 900 });

    /// <summary>Makes the Kubernetes Jobs of reserved jobs.</summary>
    /// <param name="annotations">How the sandbox's kubelet shall treat their pods.</param>
    /// <param name="jobs">Reserved jobs.</param>
    public async Task CreateAsync(IReadOnlyDictionary<string, string> annotations, params JobId[] jobs)
    {
        foreach (var job in jobs)
        {
            await _kubernetes.BatchV1.CreateNamespacedJobAsync(OriginalJob.Of(job, _id, _endpoint, annotations), _namespace);
        }
    }

    /// <summary>What SIGTERM makes it do, whoever else uses the key.</summary>
    public Task StopAsync() => CallAsync(HttpMethod.Post, $"{Key}/deregister", new { });

    public void Dispose() => _buildkite.Dispose();

    private string Key => _id.Length == 0 ? DefaultKey : _id;

    private async Task CallAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"{_endpoint}/stacks/{path}") { Content = JsonContent.Create(body) };
        using var answer = await _buildkite.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
