using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduler.Buildkite;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Metrics;
using Scheduler.CommandLine;
using Scheduler.Core.Proxies;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;
using Scheduler.Logging;
using Scheduler.Management;

namespace Scheduler.Running;

/// <summary>Brings one controller node to life: token, stack, Kubernetes client, actor system.</summary>
internal static partial class ControllerHost
{
    /// <summary>How long a node may take to hand over and leave.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(40);

    /// <summary>Starts a node. What may heal (a missing secret, an unreachable API) is waited for.</summary>
    /// <param name="options">The validated configuration.</param>
    /// <param name="address">Where the node is reached, and whom it joins.</param>
    /// <param name="kubeconfig">Path of a kubeconfig; null = <c>KUBECONFIG</c>, the pod's service account or <c>~/.kube/config</c>.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="turn">Lets the node start anew when its certificate is replaced; null = it does not.</param>
    /// <exception cref="StartUpException">Something that no restart heals.</exception>
    public static async Task<IHost> StartAsync(
        ControllerOptions options, NodeAddress address, string? kubeconfig, CancellationToken cancellationToken, RenewalTurn? turn = null)
    {
        var secrets = new Secrets(options.AdditionalRedactedVars);
        secrets.Add(options.ManagementToken);
        secrets.Add(options.ManagementReadToken);
        secrets.AddEnvironment(ProcessEnvironment.Read());
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSchedulerLogging(options, secrets);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(TimeProvider.System);

        using var logging = LoggerFactory.Create(log => log.AddSchedulerLogging(options, secrets));
        var logger = logging.CreateLogger("Scheduler.Start");
        var kubernetes = KubernetesConnection.Connect(kubeconfig);
        foreach (var exposed in PlainHttp.Exposed(kubernetes.BaseUri, Environment.GetEnvironmentVariable))
        {
            LogExposed(logger, exposed.Finding, exposed.Remedy);
        }

        address = address with
        {
            Certificate = await NodeTrust.CertificateAsync(options, address, kubernetes, logger, TimeProvider.System, cancellationToken),
        };
        LogServer(logger, "Kubernetes", kubernetes.BaseUri, KubernetesConnection.Through(kubernetes));
        var token = await BackOff.UntilDoneAsync(
            "reading the agent token", ct => AgentToken.ReadAsync(kubernetes, options, ct), logger, TimeProvider.System, cancellationToken);
        secrets.Add(token);
        var buildkite = StackNames.Client(options, token);
        LogServer(logger, "Buildkite", buildkite.Endpoint, (buildkite.Proxy ?? HttpClient.DefaultProxy).Through(buildkite.Endpoint));
        var api = StacksClient.Create(buildkite, TimeProvider.System, logging.CreateLogger<StacksClient>());
        var stack = await BuildkiteConnection.RegisterAsync(api, StackNames.Registration(options), logger, TimeProvider.System, cancellationToken);

        address = await ClusterWiring.ResolveAsync(options, address, TimeProvider.System, cancellationToken);
        builder.Services.AddSingleton<IKubernetes>(kubernetes);
        builder.Services.AddSingleton(stack);
        builder.Services.AddSingleton<NodeActivity>();
        builder.Services.AddSingleton<NodeMetrics>();
        builder.Services.AddTracing(Environment.GetEnvironmentVariable);
        builder.Services.AddManagement(ManagementWiring.Options(options, secrets.Known));
        builder.Services.AddSchedulerNode(
            address, provider => NodeWiring.Parts(provider, options, address, turn, ct => api.RegisterAsync(StackNames.Registration(options), ct)));
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (IOException error)
        {
            host.Dispose();
            throw new StartUpException(error.Message, error);
        }

        return host;
    }

    [LoggerMessage(LogLevel.Warning, "{Finding}; {Remedy}")]
    private static partial void LogExposed(ILogger logger, string finding, string remedy);
    [LoggerMessage(LogLevel.Information, "{Server} is called at {Address}{Through}")]
    private static partial void LogServer(ILogger logger, string server, Uri address, string through);
}
