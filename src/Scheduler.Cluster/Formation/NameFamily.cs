using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Scheduler.Cluster.Formation;

/// <summary>
/// Akka.NET resolves the names of nodes to addresses of one family only, chosen at the start. Here it is the one the nodes' names
/// have: IPv6 if more of the names have such an address than have one of IPv4.
/// </summary>
public sealed class NameFamily(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IEnumerable<IPAddress>> own, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A pod's name is published some moments after its start.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>That of this machine's resolver and interfaces.</summary>
    public static NameFamily OfThisMachine(TimeProvider time) => new(
        Dns.GetHostAddressesAsync,
        () => NetworkInterface.GetAllNetworkInterfaces()
            .Where(each => each.OperationalStatus == OperationalStatus.Up)
            .SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(each => each.Address),
        time);

    /// <summary>Whether names are to be resolved to IPv6. Waits at most ten seconds for one of them to have an address.</summary>
    /// <param name="hosts">Names and addresses of nodes, this one among them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> IsIPv6Async(IEnumerable<string> hosts, CancellationToken cancellationToken)
    {
        var names = hosts.Where(host => !IPAddress.TryParse(host, out _)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (names.Length == 0)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            while (true)
            {
                var found = await Task.WhenAll(names.Select(name => ResolveAsync(name, either.Token)));
                if (Count(found, AddressFamily.InterNetwork) is var four && Count(found, AddressFamily.InterNetworkV6) is var six && four + six > 0)
                {
                    return six > four;
                }

                await Task.Delay(Pause, time, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var mine = own().ToArray();
            return Count([mine], AddressFamily.InterNetwork) == 0 && Count([mine], AddressFamily.InterNetworkV6) > 0;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await resolve(name, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Names (or machines) that can be reached from elsewhere by this family.</summary>
    private static int Count(IEnumerable<IPAddress[]> found, AddressFamily family) =>
        found.Count(addresses => addresses.Any(address => address.AddressFamily == family && !IPAddress.IsLoopback(address) && !IsLinkLocal(address)));

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}
