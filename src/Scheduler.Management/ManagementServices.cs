using Microsoft.Extensions.DependencyInjection;
using Scheduler.Management.Serving;

namespace Scheduler.Management;

/// <summary>Puts the HTTP servers of a node together.</summary>
public static class ManagementServices
{
    /// <summary>
    /// Adds the servers whose ports are not 0. To be called before the actor system is added: then they are the first to
    /// start and the last to stop, and probes are answered while the node leaves. The services need the node's
    /// <see cref="Cluster.Metrics.NodeMetrics"/> and, once requests come, its actor system.
    /// </summary>
    public static IServiceCollection AddManagement(this IServiceCollection services, ManagementOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        if (options.MetricsPort > 0)
        {
            services.AddHostedService<MetricsServer>();
        }

        if (options.Port > 0)
        {
            services.AddHostedService<ManagementServer>();
        }

        return services;
    }
}
