using System.Buffers;
using System.Globalization;
using System.Text;

namespace Scheduler.Kubernetes.Pods.Metadata;

/// <summary>Percent-encoding of the parts of a URL. Null results mean: not valid.</summary>
internal static class UrlText
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /// <summary>Kept as they are where a path has to be encoded anew.</summary>
    private static readonly SearchValues<byte> PlainInPath = SearchValues.Create(Encoding.ASCII.GetBytes(Unreserved + "$&+,/:;=@"));

    /// <summary>A path of these alone is taken as encoded already.</summary>
    private static readonly SearchValues<char> EncodedPath = SearchValues.Create(Unreserved + "$&+,/:;=@!'()*[]%");

    private static readonly SearchValues<char> InHost = SearchValues.Create(Unreserved + "!$&'()*+,;=:[]<>\"%");

    private static readonly SearchValues<char> InUser = SearchValues.Create(Unreserved + ":!$&'()*+,;=%@");

    public static bool HasValidEscapes(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }
        }

        return true;
    }

    public static string? Path(string path) =>
        !HasValidEscapes(path) ? null
        : path.AsSpan().ContainsAnyExcept(EncodedPath) ? Encode(Decode(path))
        : path;

    /// <summary>Host with port and perhaps a user before it.</summary>
    public static string? Authority(string authority)
    {
        var at = authority.LastIndexOf('@');
        var (user, host) = (authority[..(at + 1)], authority[(at + 1)..]);
        if (user.AsSpan().ContainsAnyExcept(InUser) || !HasValidEscapes(user) || !HasValidPort(host))
        {
            return null;
        }

        var encoded = new StringBuilder(user);
        foreach (var rune in host.EnumerateRunes())
        {
            if (!rune.IsAscii)
            {
                encoded.Append(Encode(Encoding.UTF8.GetBytes(rune.ToString())));
            }
            else if (InHost.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
            }
            else
            {
                return null;
            }
        }

        return HasValidHostEscapes(host) ? encoded.ToString() : null;
    }

    /// <summary>In a host only what is not ASCII may be escaped, and the percent sign itself.</summary>
    private static bool HasValidHostEscapes(string host)
    {
        if (!HasValidEscapes(host))
        {
            return false;
        }

        for (var i = host.IndexOf('%', StringComparison.Ordinal); i >= 0; i = host.IndexOf('%', i + 1))
        {
            if (host[i + 1] < '8' && host.AsSpan(i + 1, 2) is not "25")
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasValidPort(string host)
    {
        var bracket = host.LastIndexOf(']');
        if (host.StartsWith('[') && bracket < 0)
        {
            return false;
        }

        var colon = host.StartsWith('[') ? bracket + 1 : host.LastIndexOf(':');
        return colon < 0
            || colon == host.Length
            || (host[colon] == ':' && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0);
    }

    private static byte[] Decode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '%')
            {
                bytes[length++] = byte.Parse(bytes.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                bytes[length++] = bytes[i];
            }
        }

        return bytes[..length];
    }

    private static string Encode(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var one in bytes)
        {
            if (PlainInPath.Contains(one))
            {
                text.Append((char)one);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            }
        }

        return text.ToString();
    }
}
