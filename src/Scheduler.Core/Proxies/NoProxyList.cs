using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Scheduler.Core.Proxies;

/// <summary>
/// What is reached without a proxy: a <c>NO_PROXY</c> by the rules of Go programs. Entries are separated by commas: <c>*</c> for all;
/// a network (<c>10.0.0.0/8</c>); an address; a name, which means its subdomains too; a name after <c>.</c> or <c>*.</c>, which
/// means its subdomains alone. Addresses and names may carry a port. Names are never resolved: a network matches addresses only.
/// </summary>
public sealed class NoProxyList
{
    private readonly ImmutableArray<NoProxyEntry> _entries;

    private NoProxyList(ImmutableArray<NoProxyEntry> entries, ImmutableArray<string> useless) => (_entries, Useless) = (entries, useless);

    /// <summary>Entries that can match nothing, as they were written.</summary>
    public ImmutableArray<string> Useless { get; }

    /// <summary>Reads a list; whatever it holds, it is one.</summary>
    public static NoProxyList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var entries = ImmutableArray.CreateBuilder<NoProxyEntry>();
        var useless = ImmutableArray.CreateBuilder<string>();
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (NoProxyEntry.Parse(word) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                useless.Add(word);
            }
        }

        return new NoProxyList(entries.ToImmutable(), useless.ToImmutable());
    }

    /// <summary>Whether the server of this URL is in the list.</summary>
    public bool Contains(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var host = server.IdnHost.ToLowerInvariant();
        var address = AddressText.Parse(host);
        var port = server.Port.ToString(CultureInfo.InvariantCulture);
        return _entries.Any(entry => entry.Matches(host, address, port));
    }

    /// <summary>Whether the server of this URL is this very machine, by its name or its address.</summary>
    public static bool IsLoopback(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var host = server.IdnHost.ToLowerInvariant();
        return host == "localhost" || (AddressText.Parse(host) is { } address && IPAddress.IsLoopback(address));
    }
}
