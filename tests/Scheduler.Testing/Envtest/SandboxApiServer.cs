using k8s;
using Scheduler.Sandbox.Kubernetes;

namespace Scheduler.Testing.Envtest;

/// <summary>The sandbox's API server, without its controllers.</summary>
public sealed class SandboxApiServer : ApiServer
{
    private KubernetesServer? _server;

    public KubernetesServer Server => _server ?? throw new InvalidOperationException("the sandbox has not been started");

    public override KubernetesClientConfiguration Configuration() => new() { Host = Server.Endpoint.AbsoluteUri };

    public override async Task InitializeAsync() =>
        _server = await KubernetesServer.StartAsync(
            new KubernetesServerOptions { RunJobController = false, BookmarkInterval = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);

    protected override async Task StopAsync() => await Server.DisposeAsync();
}
