using Scheduler.Core.Text;
using Scheduler.Kubernetes.Options;
using Scheduler.Management;

namespace Scheduler.Running;

/// <summary>From the configuration to the node's HTTP servers.</summary>
internal static class ManagementWiring
{
    private static readonly TimeSpan LeastRecency = TimeSpan.FromSeconds(30);

    public static ManagementOptions Options(ControllerOptions options, KnownSecrets secrets) => new()
    {
        Host = options.ManagementHost,
        Port = options.ManagementPort,
        MetricsPort = options.PrometheusPort,
        Token = options.ManagementToken,
        TokenFile = options.ManagementTokenFile,
        ReadToken = options.ManagementReadToken,
        ReadTokenFile = options.ManagementReadTokenFile,
        Secrets = secrets,
        PollRecency = 10 * options.PollInterval > LeastRecency ? 10 * options.PollInterval : LeastRecency,
    };
}
