using Scheduler.Kubernetes.Connection;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Connection;

/// <summary>What tests on an API server begin with: a namespace of their own and the client under test.</summary>
public abstract class ApiServerTests(ApiServer server, TimeSpan patience) : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(patience);

    protected ApiServer Server => server;

    protected string Ns { get; private set; } = "";

    protected k8s.Kubernetes Client { get; private set; } = null!;

    /// <summary>Ends a test that hangs.</summary>
    protected CancellationToken Deadline => _deadline.Token;

    public async Task InitializeAsync()
    {
        Client = KubernetesConnection.Connect(server.Configuration());
        Ns = await server.NewNamespaceAsync(Deadline);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Client?.Dispose();
            _deadline.Dispose();
        }
    }
}
