namespace Scheduler.Cluster.Tests.Coordination;

/// <summary>A network over which the first requests do not get through; counts those it has seen.</summary>
internal sealed class FailingFirst(int requests) : DelegatingHandler
{
    private int _seen;

    public int Seen => Volatile.Read(ref _seen);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Interlocked.Increment(ref _seen) <= requests
            ? throw new HttpRequestException("the network is down")
            : base.SendAsync(request, cancellationToken);
}
