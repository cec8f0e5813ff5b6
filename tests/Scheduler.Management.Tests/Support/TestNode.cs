using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Hocon;
using Scheduler.Cluster.Hosting;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;
using Scheduler.Management.Serving;

namespace Scheduler.Management.Tests.Support;

/// <summary>A cluster of one node, whose singletons say what a test has them say.</summary>
public sealed class TestNode : IAsyncLifetime
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public ActorSystem System { get; private set; } = null!;

    public Address Address => Akka.Cluster.Cluster.Get(System).SelfAddress;

    /// <summary>What the singletons answer; null = nothing.</summary>
    public Answers Answers { get; } = new();

    public async Task InitializeAsync()
    {
        System = ActorSystem.Create(NodeAddress.SystemName, ConfigurationFactory.ParseString(
            """
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.downing-provider-class = ""
            akka.cluster.sharding.distributed-data.durable.keys = []
            """).WithFallback(HoconFiles.Load()).WithFallback(ClusterSharding.DefaultConfig()));
        var cluster = Akka.Cluster.Cluster.Get(System);
        using var deadline = new CancellationTokenSource(Patience);
        await cluster.JoinAsync(cluster.SelfAddress, deadline.Token);

        var registry = ActorRegistry.For(System);
        registry.Register<LimiterActor>(System.ActorOf(Props.Create(() => new Singleton(Answers.To))));
        registry.Register<JobFetcher>(System.ActorOf(Props.Create(() => new Singleton(Answers.To))));
        registry.Register<K8sWatcher>(System.ActorOf(Props.Create(() => new Singleton(Answers.To))));
        var region = await ClusterSharding.Get(System).StartAsync(
            JobRouting.RegionName,
            _ => Props.Create(() => new Singleton(_ => null)),
            ClusterShardingSettings.Create(System).WithRole(SchedulerNode.Role),
            new JobRouting());
        region.Tell(new Launched(JobId.Parse("6a0c2f7e-1c1b-4a55-8f2e-3b1b8f4f0a01")));
    }

    public Task DisposeAsync() => System.Terminate();

    /// <summary>A management server of this node on a free port.</summary>
    internal async Task<ServedNode> ServeAsync(ManagementOptions? options = null)
    {
        var services = new ServiceCollection().AddSingleton(System).BuildServiceProvider();
        var server = new ManagementServer(
            (options ?? new ManagementOptions()) with { Host = "127.0.0.1", Port = 0, AnswerTimeout = TimeSpan.FromSeconds(1) },
            services,
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return new ServedNode(server);
    }

    private sealed class Singleton : ReceiveActor
    {
        public Singleton(Func<object, object?> answer) => ReceiveAny(question =>
        {
            if (answer(question) is { } status)
            {
                Sender.Tell(status);
            }
        });
    }
}
