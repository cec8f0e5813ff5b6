using Microsoft.Extensions.Hosting;

namespace Scheduler.Sandbox.Kubernetes;

/// <summary>The server lives as long as its owner says: the signals of the process are not its business.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
