using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Prometheus;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Management.Serving;

/// <summary><c>GET /metrics</c> on a port of its own, as the original serves it. Nothing else is there.</summary>
internal sealed class MetricsServer(ManagementOptions options, NodeMetrics metrics, ILoggerFactory logging)
    : HttpServer("prometheus", options, options.MetricsPort, logging)
{
    protected override void Map(WebApplication application) => application.MapMetrics(registry: metrics.Registry);
}
