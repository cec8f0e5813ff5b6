using k8s;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Sandbox.Kubernetes;

namespace Scheduler.Demo;

/// <summary>An embedded Buildkite and Kubernetes with a kubelet that runs pods for a while.</summary>
internal sealed class SandboxWorld : IAsyncDisposable
{
    public const string Namespace = "default";
    public const string TokenSecret = "buildkite-agent-token";

    /// <summary>Clients refuse a kubeconfig without credentials; these open nothing but the sandbox.</summary>
    private const string BearerToken = "sandbox";

    private SandboxWorld(BuildkiteServer buildkite, KubernetesServer kubernetes, Kubelet kubelet, string kubeconfig)
    {
        (Buildkite, Kubernetes, Kubelet, Kubeconfig) = (buildkite, kubernetes, kubelet, kubeconfig);
    }

    public BuildkiteServer Buildkite { get; }

    public KubernetesServer Kubernetes { get; }

    public Kubelet Kubelet { get; }

    /// <summary>Path of a kubeconfig that leads to <see cref="Kubernetes"/>.</summary>
    public string Kubeconfig { get; }

    public static async Task<SandboxWorld> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions { Address = options.Address, Port = options.BuildkitePort }, cancellationToken);
        var kubernetes = await KubernetesServer.StartAsync(
            new KubernetesServerOptions
            {
                Address = options.Address,
                Port = options.KubernetesPort,
                Seed = options.Seed,
                BearerToken = BearerToken,
                UseTls = options.UseTls,
            },
            cancellationToken);
        await kubernetes.CreateSecretAsync(
            Namespace, TokenSecret, new Dictionary<string, string> { ["BUILDKITE_AGENT_TOKEN"] = buildkite.Token }, cancellationToken);
        var kubeconfig = options.Kubeconfig ?? Path.Combine(Path.GetTempPath(), $"scheduler-sandbox-{Guid.NewGuid():N}.kubeconfig");
        await kubernetes.WriteKubeconfigAsync(kubeconfig, cancellationToken);
        var kubelet = Sandbox.Kubelet.Kubelet.Start(new KubeletOptions
        {
            Cluster = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig),
            Namespace = Namespace,
            JobDuration = options.JobDuration,
            Seed = options.Seed,
            AgentToken = buildkite.Token,
        });
        return new SandboxWorld(buildkite, kubernetes, kubelet, kubeconfig);
    }

    public async ValueTask DisposeAsync()
    {
        await Kubelet.DisposeAsync();
        await Kubernetes.DisposeAsync();
        await Buildkite.DisposeAsync();
    }
}
