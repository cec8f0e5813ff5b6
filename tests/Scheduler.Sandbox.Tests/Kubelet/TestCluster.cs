using k8s;
using k8s.Models;
using Scheduler.Sandbox.Kubernetes;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Testing.Waiting;

namespace Scheduler.Sandbox.Tests.Kubelet;

/// <summary>A namespace of its own on a Kubernetes API server: the one that <c>SANDBOX_TEST_KUBECONFIG</c> names, else the sandbox's.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly KubernetesServer? _sandbox;

    private TestCluster(KubernetesClientConfiguration configuration, KubernetesServer? sandbox)
    {
        _sandbox = sandbox;
        Configuration = configuration;
        Client = new k8s.Kubernetes(configuration);
    }

    public KubernetesClientConfiguration Configuration { get; }

    public k8s.Kubernetes Client { get; }

    public string Namespace { get; } = $"kubelet-{Guid.NewGuid():N}";

    /// <summary>What goes wrong with the sandbox's server.</summary>
    public KubernetesFaults Faults => (_sandbox ?? throw new InvalidOperationException("this server cannot be made to fail")).Faults;

    public static Task<TestCluster> StartAsync() => StartAsync(Environment.GetEnvironmentVariable("SANDBOX_TEST_KUBECONFIG"));

    /// <summary>On the sandbox's server in any case.</summary>
    public static Task<TestCluster> StartOwnAsync() => StartAsync(kubeconfig: null);

    private static async Task<TestCluster> StartAsync(string? kubeconfig)
    {
        var sandbox = kubeconfig is null ? await KubernetesServer.StartAsync(new KubernetesServerOptions(), CancellationToken.None) : null;
        var configuration = sandbox is null
            ? KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig)
            : new KubernetesClientConfiguration { Host = sandbox.Endpoint.ToString() };
        var cluster = new TestCluster(configuration, sandbox);
        await cluster.Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = cluster.Namespace } });
        return cluster;
    }

    public Task<V1Pod> CreateAsync(V1Pod pod) => Client.CoreV1.CreateNamespacedPodAsync(pod, Namespace);

    /// <summary>The pod as soon as the condition holds.</summary>
    public async Task<V1Pod> UntilAsync(string pod, Func<V1Pod, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var seen = await Client.CoreV1.ReadNamespacedPodAsync(pod, Namespace);
        while (!condition(seen))
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"pod {pod} stays as it is: {KubernetesJson.Serialize(seen.Status)}");
            }

            await Task.Delay(20);
            seen = await Client.CoreV1.ReadNamespacedPodAsync(pod, Namespace);
        }

        return seen;
    }

    public async Task UntilGoneAsync(string pod)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await Eventually.TrueAsync(
            async () => (await Client.CoreV1.ListNamespacedPodAsync(Namespace, fieldSelector: $"metadata.name={pod}")).Items.Count == 0,
            deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }
}
