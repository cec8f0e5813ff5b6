namespace Scheduler.Testing.Networking;

/// <summary>The addresses that the nodes of a network have.</summary>
[Flags]
public enum IpFamilies
{
    IPv4 = 1,
    IPv6 = 2,
    Both = IPv4 | IPv6,
}
