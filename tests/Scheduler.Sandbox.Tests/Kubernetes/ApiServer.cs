using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Scheduler.Sandbox.Kubernetes;

namespace Scheduler.Sandbox.Tests.Kubernetes;

/// <summary>A server of one test, with the stock client and a plain HTTP client for what that one hides.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    public const string Jobs = "/apis/batch/v1/namespaces/default/jobs";
    public const string Pods = "/api/v1/namespaces/default/pods";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ApiServer(KubernetesServer server)
    {
        Server = server;
        Client = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Endpoint.ToString() });
#pragma warning disable RS0030 // A test's own client for its own server.
        Http = new HttpClient { BaseAddress = server.Endpoint };
#pragma warning restore RS0030
    }

    public KubernetesServer Server { get; }

    public k8s.Kubernetes Client { get; }

    public HttpClient Http { get; }

    public static async Task<ApiServer> StartAsync(KubernetesServerOptions? options = null) =>
        new(await KubernetesServer.StartAsync(options ?? new KubernetesServerOptions(), CancellationToken.None));

    /// <summary>A server whose Jobs stay as the test writes them.</summary>
    public static Task<ApiServer> StartPassiveAsync() => StartAsync(new KubernetesServerOptions { RunJobController = false });

    public static V1Job Job(string name, string? uuid = null) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = new V1ObjectMeta
        {
            Name = name,
            Labels = uuid is null ? null : new Dictionary<string, string> { ["buildkite.com/job-uuid"] = uuid },
        },
        Spec = new V1JobSpec
        {
            BackoffLimit = 0,
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Annotations = new Dictionary<string, string> { ["note"] = "from the template" } },
                Spec = new V1PodSpec { RestartPolicy = "Never", Containers = [new V1Container { Name = "agent", Image = "agent:1" }] },
            },
        },
    };

    public Task<V1Job> CreateAsync(V1Job job) => Client.BatchV1.CreateNamespacedJobAsync(job, "default");

    public Task<V1Job> ReadJobAsync(string name) => Client.BatchV1.ReadNamespacedJobAsync(name, "default");

    public async Task<IList<V1Pod>> PodsOfAsync(string job) =>
        (await Client.CoreV1.ListNamespacedPodAsync("default", labelSelector: $"job-name={job}")).Items;

    /// <summary>The Job's one pod, as soon as the controller has made it.</summary>
    public async Task<V1Pod> PodOfAsync(string job) => (await UntilAsync(() => PodsOfAsync(job), pods => pods.Count == 1))[0];

    public Task SetPhaseAsync(V1Pod pod, string phase) => Client.CoreV1.PatchNamespacedPodStatusAsync(
        new V1Patch(new { status = new { phase } }, V1Patch.PatchType.MergePatch), pod.Metadata.Name, "default");

    /// <summary>Places a pod on a node and starts it, so that it has time to stop when it is deleted.</summary>
    public async Task RunAsync(V1Pod pod)
    {
        await Client.CoreV1.CreateNamespacedPodBindingAsync(
            new V1Binding
            {
                Metadata = new V1ObjectMeta { Name = pod.Metadata.Name },
                Target = new V1ObjectReference { Kind = "Node", Name = "sandbox-node" },
            },
            pod.Metadata.Name,
            "default");
        await SetPhaseAsync(pod, "Running");
    }

    public Task FinishAsync(string job) => Client.BatchV1.PatchNamespacedJobStatusAsync(
        new V1Patch(
            new { status = new { conditions = new[] { new { type = "Complete", status = "True" } } } },
            V1Patch.PatchType.StrategicMergePatch),
        job,
        "default");

    public Task<V1Job> JobUntilAsync(string name, Func<V1Job, bool> condition) => UntilAsync(() => ReadJobAsync(name), condition);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var seen = await read();
        while (!condition(seen))
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"still {KubernetesJson.Serialize(seen)}");
            }

            await Task.Delay(10);
            seen = await read();
        }

        return seen;
    }

    public async Task<(HttpStatusCode Code, JsonObject Body)> SendAsync(
        HttpMethod method, string path, string? body = null, string contentType = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public Task<(HttpStatusCode Code, JsonObject Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<(HttpStatusCode Code, JsonObject Body)> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public Task<EventStream> WatchAsync(string path) => EventStream.OpenAsync(Http, path);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
