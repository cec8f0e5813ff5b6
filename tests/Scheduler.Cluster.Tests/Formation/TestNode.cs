using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Cluster.Tests.Formation;

/// <summary>A node of a cluster without anything of the scheduler on it.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly IHost _host;

    private TestNode(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    public int Members => Cluster.State.Members.Count(member => member.Status == MemberStatus.Up);

    public bool IsUp => Cluster.SelfMember.Status == MemberStatus.Up;

    /// <param name="address">Where it is reached.</param>
    /// <param name="parts">How it finds others.</param>
    /// <param name="hocon">Wins over everything else.</param>
    /// <param name="time">The node's clock; null = the system's.</param>
    /// <param name="metrics">Told what is refused; null = nobody is.</param>
    public static async Task<TestNode> StartAsync(
        NodeAddress address, ClusterParts parts, string hocon = "", TimeProvider? time = null, WireMetrics? metrics = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(NodeAddress.SystemName, (akka, _) =>
        {
            akka.ConfigureLoggers(loggers => loggers.ClearLoggers());
            akka.AddHocon(HoconFiles.Load(), HoconAddMode.Prepend).WithCluster(address, parts, time ?? TimeProvider.System, metrics ?? new NodeMetrics().Wire);
            if (hocon.Length > 0)
            {
                akka.AddHocon(hocon, HoconAddMode.Prepend);
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new TestNode(host);
    }

    /// <summary>The node is gone without leaving.</summary>
    public async Task CrashAsync()
    {
        ((ExtendedActorSystem)System).Abort();
        await System.WhenTerminated;
    }

    public async ValueTask DisposeAsync()
    {
        // Akka.Hosting takes the end of an actor system for the end of the process.
        var exitCode = Environment.ExitCode;
        await _host.StopAsync();
        _host.Dispose();
        Environment.ExitCode = exitCode;
    }
}
