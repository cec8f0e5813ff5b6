using k8s;
using k8s.Models;
using Xunit;

namespace Scheduler.Testing.Envtest;

/// <summary>An API server for contract tests: the sandbox's or a real one. Started once for many tests.</summary>
public abstract class ApiServer : IAsyncLifetime
{
    private k8s.Kubernetes? _admin;

    /// <summary>A client that may do everything, made without the code under test.</summary>
    public k8s.Kubernetes Admin => _admin ??= new k8s.Kubernetes(Configuration());

    /// <summary>How clients connect; a new object at each call, since clients change it.</summary>
    public abstract KubernetesClientConfiguration Configuration();

    public abstract Task InitializeAsync();

    /// <summary>A namespace of its own for each test.</summary>
    public async Task<string> NewNamespaceAsync(CancellationToken cancellationToken)
    {
        var ns = "test-" + Guid.NewGuid().ToString("N")[..12];
        await Admin.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = ns } }, cancellationToken: cancellationToken);
        return ns;
    }

    public async Task DisposeAsync()
    {
        _admin?.Dispose();
        await StopAsync();
    }

    protected abstract Task StopAsync();
}
