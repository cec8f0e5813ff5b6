using System.Collections.Immutable;
using Scheduler.Core.Text;

namespace Scheduler.Cluster.Formation;

/// <summary>A fixed list, such as the stable DNS names of a StatefulSet.</summary>
public sealed class SeedPeers(ImmutableArray<Peer> peers) : IPeerDirectory
{
    public Task<ImmutableArray<Peer>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(peers);

    /// <summary>Reads <c>host:port,host:port</c>.</summary>
    /// <exception cref="FormatException">An entry is no <c>host:port</c>; the message names it.</exception>
    public static ImmutableArray<Peer> Parse(string seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        return [.. seeds.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ParseOne)];
    }

    private static Peer ParseOne(string seed) => HostAndPort.TryParse(seed, out var read) && read.Host.Length > 0
        ? new Peer(read.Host, read.Port)
        : throw new FormatException($"seed '{seed}' is not host:port");
}
