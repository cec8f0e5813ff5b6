using Scheduler.Cluster.Trust;

namespace Scheduler.Cluster.Hosting;

/// <summary>Where this node is reached by the others.</summary>
public sealed record NodeAddress
{
    /// <summary>The actor system's name; equal on all nodes.</summary>
    public const string SystemName = "scheduler";

    /// <summary>The port for the other nodes where none is configured.</summary>
    public const int DefaultPort = 4053;

    /// <summary>Name or address the others connect to.</summary>
    public string PublicHost { get; init; } = "127.0.0.1";

    /// <summary>Address to listen on.</summary>
    public string BindHost { get; init; } = "127.0.0.1";

    /// <summary>Port for remoting; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Names of nodes lead to IPv6 addresses; otherwise to IPv4 ones. Addresses of either family can be used in any case.</summary>
    public bool NamesAreIPv6 { get; init; }

    /// <summary>Null = the nodes talk to each other without encryption.</summary>
    public NodeCertificate? Certificate { get; init; }

    /// <summary>
    /// All connections can be cut at once, to play a crash; equal on all nodes. Costs throughput, and the addresses get another
    /// protocol.
    /// </summary>
    public bool IsSeverable { get; init; }

    /// <summary>The other nodes live in the same process, as in the demo: whatever stops one for a while stops all.</summary>
    public bool SharesItsProcess { get; init; }
}
