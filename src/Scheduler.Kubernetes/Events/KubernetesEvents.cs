using System.Threading.RateLimiting;
using k8s;
using Scheduler.Core.Facts;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Events;

/// <summary><see cref="IKubernetesEvents"/> over HTTP.</summary>
/// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
/// <param name="ns">The namespace of all Jobs.</param>
/// <param name="limiter">Each call takes one of its permits: <see cref="ClientRateLimit"/>. Null = no limit.</param>
/// <param name="time">Null = the system's clock.</param>
public sealed class KubernetesEvents(IKubernetes client, string ns, RateLimiter? limiter = null, TimeProvider? time = null) : IKubernetesEvents
{
    private const int Most = 500;

    private readonly ApiClient _api = new(client);
    private readonly PacedCalls _calls = new(limiter, time ?? TimeProvider.System);

    public async Task<IReadOnlyList<EventFact>> ListAsync(string jobName, CancellationToken cancellationToken)
    {
        var selector = Uri.EscapeDataString($"involvedObject.kind=Job,involvedObject.name={jobName}");
        var query = $"{ApiResource.Events.PathIn(ns)}?fieldSelector={selector}&limit={Most}";
        var list = await _calls.CallAsync(
            token => _api.ReadAsync(HttpMethod.Get, "list", ApiResource.Events, query, content: null, WireJson.Default.ListWireReportWire, token),
            cancellationToken);
        return [.. (list.Items ?? []).Select(EventReading.Read).OrderBy(report => report.LastSeen ?? DateTimeOffset.MinValue)];
    }
}
