using Akka.Cluster.Sharding;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Launching;

/// <summary>Routes each message about a job to that job's actor. The number of shards is wire format: equal on all nodes, for ever.</summary>
public sealed class JobRouting() : HashCodeMessageExtractor(ShardCount)
{
    /// <summary>Ten times the most nodes expected.</summary>
    public const int ShardCount = 50;

    /// <summary>The shard region's name, as in <c>/cluster/shards/{name}</c>.</summary>
    public const string RegionName = "jobs";

    public override string? EntityId(object message) => (message as IAboutJob)?.Job.ToString();
}
