using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;
using k8s;
using Scheduler.Cluster.Coordination;
using Scheduler.Cluster.Hocon;

namespace Scheduler.Cluster.Tests.Coordination;

/// <summary>A process of its own as far as leases go: an actor system with the configuration of <c>hocon/</c>.</summary>
internal sealed class LeaseSystem : IAsyncDisposable
{
    private readonly ActorSystem _system;

    public LeaseSystem(IKubernetes client, string ns, TimeProvider time, string owner, TimeSpan? patience = null)
    {
        var limit = patience ?? TimeSpan.FromSeconds(3.9);
        var config = ConfigurationFactory.ParseString(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                akka.coordination.lease.kubernetes {
                  heartbeat-interval = 100ms
                  lease-operation-timeout = {{limit.TotalMilliseconds}}ms
                  acquire-patience = {{2 * limit.TotalMilliseconds}}ms
                }
                akka.actor.provider = local
                """))
            .WithFallback(HoconFiles.Load());
        _system = ActorSystem.Create(
            "leases", BootstrapSetup.Create().WithConfig(config).And(new KubernetesLeaseSetup(client, ns, "test", time)));
        Lease = LeaseProvider.Get(_system).GetLease("downing", "akka.coordination.lease.kubernetes", owner);
    }

    public Lease Lease { get; }

    /// <summary>The process is gone; nothing is released.</summary>
    public async ValueTask DisposeAsync() => await _system.Terminate();
}
