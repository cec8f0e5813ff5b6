using System.Net;
using System.Net.Sockets;

namespace Scheduler.Core.Proxies;

/// <summary>IP addresses as people write them; .NET also takes <c>10</c>, <c>0x7f.1</c> and zones for addresses.</summary>
internal static class AddressText
{
    /// <summary>Null when the text is no address. An IPv4 address inside an IPv6 one becomes itself.</summary>
    public static IPAddress? Parse(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address))
        {
            return null;
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text ? address
            : null;
    }

    /// <summary>Reads <c>address/length</c>, where bits behind the length do not count; null when the text is no network.</summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0
            || text[..slash].AsSpan().ContainsAny("[]%")
            || !IPAddress.TryParse(text[..slash], out var address)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text[..slash])
            || !byte.TryParse(text[(slash + 1)..], System.Globalization.NumberStyles.None, null, out var length)
            || length > 8 * address.GetAddressBytes().Length)
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6 && length >= 96)
        {
            (address, length) = (address.MapToIPv4(), (byte)(length - 96));
        }

        var bytes = address.GetAddressBytes();
        for (var bit = (int)length; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }
}
