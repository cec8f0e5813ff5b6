using System.Globalization;
using System.Net;

namespace Scheduler.Testing.Networking;

/// <summary>
/// Where scheduler processes live and how they reach each other and this process. Two kinds: network namespaces, which can be cut,
/// and plain loopback, which cannot. Calls may not overlap.
/// </summary>
public abstract class NodeNetwork : IAsyncDisposable
{
    private protected NodeNetwork()
    {
    }

    /// <summary>Why nothing can be cut here; null when everything can.</summary>
    public abstract string? CannotCutBecause { get; }

    /// <summary>Where servers of this process must listen for the nodes to reach them.</summary>
    public abstract IPAddress Host { get; }

    public abstract int Nodes { get; }

    /// <summary>All nodes, as <c>cluster-seeds</c> wants them.</summary>
    public string Seeds => string.Join(
        ',', Enumerable.Range(0, Nodes).Select(node => string.Create(CultureInfo.InvariantCulture, $"{new IPEndPoint(Address(node), Port(node))}")));

    /// <summary>Namespaces where they can be made (root on Linux with iproute2), otherwise loopback.</summary>
    public static async Task<NodeNetwork> CreateAsync(int nodes, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new LoopbackNetwork(nodes, "this process is not root");
        }

        try
        {
            await LeftoverNetworks.RemoveAsync(cancellationToken);
            return await NamespaceNetwork.CreateAsync(nodes, IpFamilies.IPv4, hosts: null, cancellationToken);
        }
        catch (IpCommandException refused)
        {
            return new LoopbackNetwork(nodes, refused.Message);
        }
    }

    /// <summary>Namespaces with addresses of these families; the first of them is the one that <see cref="Host"/> and the nodes' addresses are of.</summary>
    /// <param name="nodes">How many.</param>
    /// <param name="families">IPv4 comes first.</param>
    /// <param name="hosts">
    /// The lines of the nodes' <c>/etc/hosts</c> about the nodes, made of the addresses of each; without them names are those of the machine.
    /// </param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <exception cref="IpCommandException">Not allowed here.</exception>
    public static async Task<NodeNetwork> CreateAsync(
        int nodes, IpFamilies families, Func<int, IReadOnlyList<IPAddress>, string> hosts, CancellationToken cancellationToken)
    {
        await LeftoverNetworks.RemoveAsync(cancellationToken);
        return await NamespaceNetwork.CreateAsync(nodes, families, hosts, cancellationToken);
    }

    /// <summary>All on the loopback, for who cuts nothing.</summary>
    public static NodeNetwork OnLoopback(int nodes) => new LoopbackNetwork(nodes, "asked for without cuts");

    /// <summary>The node's address for other nodes.</summary>
    public abstract IPAddress Address(int node);

    /// <summary>The node's remoting port; no two nodes have the same, for leases name their holder by it.</summary>
    public abstract int Port(int node);

    /// <summary>Where this process reaches the node's HTTP, if it listens on that port on all its addresses.</summary>
    public abstract Uri Management(int node);

    /// <summary>The flags of <c>scheduler run</c> that make it this node.</summary>
    public IReadOnlyList<string> Flags(int node) =>
    [
        "--cluster-host", $"{Address(node)}",
        "--cluster-bind-host", $"{Address(node)}",
        "--cluster-port", Port(node).ToString(CultureInfo.InvariantCulture),
        "--management-port", Management(node).Port.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>The words that go before a program's name to start it at the node. The started process is the program itself.</summary>
    public abstract IReadOnlyList<string> Launcher(int node);

    /// <summary>The node and all others lose each other; the host stays in reach.</summary>
    public abstract Task CutFromPeersAsync(int node, CancellationToken cancellationToken);

    /// <summary>The node and the host lose each other; other nodes stay in reach.</summary>
    public abstract Task CutFromHostAsync(int node, CancellationToken cancellationToken);

    /// <summary>Two nodes lose each other, and nobody else.</summary>
    public abstract Task CutLinkAsync(int one, int other, CancellationToken cancellationToken);

    /// <summary>Why no single packets can be lost here; null when they can.</summary>
    public abstract string? CannotLosePacketsBecause { get; }

    /// <summary>Of what arrives at the node, from peers and host alike, so many of a hundred packets are lost.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="percent">1 to 99.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public abstract Task LosePacketsAsync(int node, int percent, CancellationToken cancellationToken);

    /// <summary>Everybody reaches everybody again, and no packet is lost.</summary>
    public abstract Task HealAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
