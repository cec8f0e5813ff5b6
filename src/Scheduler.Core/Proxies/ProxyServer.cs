using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Scheduler.Core.Proxies;

/// <summary>A proxy as its URL describes it. Its address never contains user and password, so it may be printed.</summary>
public sealed class ProxyServer : ICredentials
{
    private const string DefaultScheme = "http";
    private const int LongestShown = 100;

    private readonly NetworkCredential? _credential;

    private ProxyServer(Uri address, NetworkCredential? credential) => (Address, _credential) = (address, credential);

    /// <summary>Scheme (<c>http</c>, <c>https</c> or <c>socks5</c>), host and port.</summary>
    public Uri Address { get; }

    /// <summary>Scheme, host and port, for messages.</summary>
    public override string ToString() => Address.GetComponents(UriComponents.Scheme | UriComponents.HostAndPort, UriFormat.UriEscaped);

    /// <summary>
    /// Reads <c>[scheme://][user:password@]host[:port]</c>; what follows is ignored. Without scheme it is an <c>http</c> proxy. Special
    /// characters of user and password are written as <c>%XX</c>.
    /// </summary>
    /// <param name="text">The URL; blanks around it do not count.</param>
    /// <param name="server">The proxy.</param>
    /// <param name="problem">Why it is none, as the end of a sentence; holds nothing of the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ProxyServer? server, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        server = null;
        var (scheme, rest) = Split(text.Trim());
        if (scheme is not ("http" or "https" or "socks5" or "socks5h"))
        {
            problem = "its scheme is none of http, https and socks5";
            return false;
        }

        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf('@');

        // Names are always resolved by a SOCKS proxy here, which is all that socks5h adds.
        if (AddressOf(scheme == "socks5h" ? "socks5" : scheme, authority[(at + 1)..]) is not { } address)
        {
            problem = "it has no valid host and port";
            return false;
        }

        server = new ProxyServer(address, at < 0 ? null : Credential(authority[..at]));
        problem = null;
        return true;
    }

    /// <summary>What may be printed of a text that was meant to be a proxy's URL: nothing that could be a user or a password.</summary>
    public static string WithoutCredentials(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (scheme, rest) = Split(text.Trim());
        var host = rest[(rest.LastIndexOf('@') + 1)..];

        // "user:password" without a host reads like a host with a strange port.
        var colon = host.StartsWith('[') ? -1 : host.IndexOf(':');
        if (colon >= 0 && host[(colon + 1)..].TrimEnd('/') is var port && !port.All(char.IsAsciiDigit))
        {
            host = host[..colon] + ":***";
        }

        var shown = scheme.All(char.IsAsciiLetterOrDigit) ? $"{scheme}://{host}" : host;
        return shown.Length <= LongestShown ? shown : shown[..LongestShown] + "…";
    }

    /// <summary>Only for ways of signing in that show a password or its digest; others would need a domain.</summary>
    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(authType);
        return uri == Address && authType.ToUpperInvariant() is "BASIC" or "DIGEST" or "SOCKS5" ? _credential : null;
    }

    private static (string Scheme, string Behind) Split(string text) => text.IndexOf("://", StringComparison.Ordinal) is var mark and >= 0
        ? (text[..mark].ToLowerInvariant(), text[(mark + 3)..])
        : (DefaultScheme, text);

    private static Uri? AddressOf(string scheme, string hostAndPort)
    {
        if (hostAndPort.AsSpan().ContainsAny("\\% \t")
            || !Uri.TryCreate($"{scheme}://{hostAndPort}", UriKind.Absolute, out var uri)
            || uri.Host.Length == 0
            || uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
            || uri.Port == 0)
        {
            return null;
        }

        // .NET knows no default port of SOCKS.
        return uri.Port > 0 ? uri : new UriBuilder(uri) { Port = 1080 }.Uri;
    }

    private static NetworkCredential Credential(string userInfo)
    {
        var colon = userInfo.IndexOf(':');
        return colon < 0
            ? new NetworkCredential(Uri.UnescapeDataString(userInfo), "")
            : new NetworkCredential(Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }
}
