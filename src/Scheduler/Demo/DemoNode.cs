using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scheduler.Cluster.Hosting;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Demo;

/// <summary>One place in the demo's cluster: a node, and after its crash its successor at the same address.</summary>
internal sealed class DemoNode(ControllerOptions options, string kubeconfig, bool isSeverable)
{
    /// <summary>All nodes are this process, on its loopback: there is nobody to prove anything to.</summary>
    private readonly ControllerOptions _options = options with { ClusterTls = NodeTlsOptions.None };

    private readonly NodeAddress _address = ClusterWiring.Address(options) with
    {
        BindHost = "127.0.0.1",
        IsSeverable = isSeverable,
        SharesItsProcess = true,
    };
    private IHost? _host;
    private NodeActivity? _activity;
    private long _createdByFormer;

    /// <summary>Kubernetes Jobs created here, by all nodes there have been.</summary>
    public long Created => Interlocked.Read(ref _createdByFormer) + (Volatile.Read(ref _activity)?.Created ?? 0);

    /// <summary>Of the node that runs here now; null while none does.</summary>
    public IServiceProvider? Services => _host?.Services;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _host = await ControllerHost.StartAsync(_options, _address, kubeconfig, cancellationToken);
        Volatile.Write(ref _activity, _host.Services.GetRequiredService<NodeActivity>());
    }

    /// <summary>The node is gone without a word.</summary>
    public async Task CrashAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await NodeCrash.CrashAsync(host);
            Interlocked.Add(ref _createdByFormer, _activity!.Created);
            Volatile.Write(ref _activity, null);
        }
    }

    /// <summary>The node leaves in order.</summary>
    public async Task StopAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }
    }
}
