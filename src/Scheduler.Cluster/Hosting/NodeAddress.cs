using System.Collections.Immutable;

namespace Scheduler.Cluster.Hosting;

/// <summary>Where this node is reached by the others, and whom it joins.</summary>
public sealed record NodeAddress
{
    /// <summary>The actor system's name; equal on all nodes.</summary>
    public const string SystemName = "scheduler";

    /// <summary>Name or address the others connect to.</summary>
    public string PublicHost { get; init; } = "127.0.0.1";

    /// <summary>Address to listen on.</summary>
    public string BindHost { get; init; } = "127.0.0.1";

    /// <summary>Port for remoting; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Nodes to join, as <c>akka.tcp://scheduler@host:port</c>. Empty = this node forms a cluster of its own.</summary>
    public ImmutableArray<string> Seeds { get; init; } = [];
}
