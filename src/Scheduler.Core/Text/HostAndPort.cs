using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Scheduler.Core.Text;

/// <summary>What stands in <c>host:port</c>.</summary>
/// <param name="Host">A DNS name, an IPv4 address, or an IPv6 address in brackets; may be empty.</param>
/// <param name="Port">From 1 to 65535.</param>
public sealed partial record HostAndPort(string Host, int Port)
{
    /// <summary>An IPv6 address has to stand in brackets, and without a zone: <c>[fd00::1]:4053</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostAndPort? read)
    {
        ArgumentNullException.ThrowIfNull(text);
        read = Shape().Match(text) is { Success: true } match
            && int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= IPEndPoint.MaxPort and var port
            && (!match.Groups["v6"].Success || IsIPv6(match.Groups["v6"].Value))
            ? new HostAndPort(match.Groups["host"].Value, port)
            : null;
        return read is not null;
    }

    private static bool IsIPv6(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    [GeneratedRegex(
        @"\A(?<host>(?:(?:[A-Za-z0-9][A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*)?|\[(?<v6>[0-9A-Fa-f:.]+)\]):(?<port>[0-9]{1,5})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
