using System.Collections.Immutable;
using System.Net;
using Akka.Remote.Transport;

namespace Scheduler.Cluster.Remoting;

/// <summary>
/// Which connections from outside are open, oldest first. There are never more than the book has room for: a newcomer takes the
/// place of the oldest one that has not introduced itself; if all have, the newcomer is turned away. So what a stranger can
/// make this node hold is bounded, and where connections need a certificate to introduce themselves, strangers keep no member out.
/// </summary>
/// <param name="Open">Their entries.</param>
internal sealed record ConnectionBook(ImmutableArray<ConnectionBook.Entry> Open)
{
    /// <summary>
    /// Two for each of sixteen other nodes; a cluster has three or five. Each may hold a frame that has not come to its end, so this times
    /// maximum-frame-size is what all of them together can make this node keep.
    /// </summary>
    public const int Room = 32;

    /// <summary>The share of one address. Not of this machine's own, where whole clusters live in demos.</summary>
    public const int RoomForAddress = 8;

    public static readonly ConnectionBook Empty = new([]);

    /// <param name="connection">The newcomer.</param>
    /// <param name="displaced">Whose place it has taken; null = nobody's.</param>
    /// <returns>The book with the newcomer; null if it is turned away.</returns>
    public ConnectionBook? Admit(Entry connection, out Entry? displaced)
    {
        displaced = null;
        var neighbours = connection.IsOwnMachine ? [] : Open.Where(one => one.Host == connection.Host).ToImmutableArray();
        var crowd = neighbours.Length >= RoomForAddress ? neighbours : Open.Length >= Room ? Open : [];
        if (crowd.IsEmpty)
        {
            return new ConnectionBook(Open.Add(connection));
        }

        displaced = crowd.FirstOrDefault(one => !one.IsIntroduced);
        return displaced is null ? null : new ConnectionBook(Open.Remove(displaced).Add(connection));
    }

    public ConnectionBook Without(Entry connection) => new(Open.Remove(connection));

    /// <summary>One connection; compared by reference.</summary>
    internal sealed class Entry
    {
        private volatile bool _isIntroduced;

        /// <param name="host">The peer's address, as the socket has it.</param>
        /// <param name="handle">To close it by.</param>
        public Entry(string host, AssociationHandle handle)
        {
            (Host, Handle) = (host, handle);
            if (IPAddress.TryParse(host, out var address))
            {
                // Sockets for both families show the older one's addresses as if they were the newer one's.
                address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                (Host, IsOwnMachine) = (address.ToString(), IPAddress.IsLoopback(address));
            }
        }

        public string Host { get; }

        public AssociationHandle Handle { get; }

        public bool IsOwnMachine { get; }

        /// <summary>Whether the handshake of Akka's protocol has come.</summary>
        public bool IsIntroduced
        {
            get => _isIntroduced;
            set => _isIntroduced = value;
        }
    }
}
