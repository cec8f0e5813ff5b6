using System.Buffers;
using System.Net;

namespace Scheduler.Core.Proxies;

/// <summary>One word of a <see cref="NoProxyList"/>.</summary>
internal abstract record NoProxyEntry
{
    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("*/[] \t:@");

    /// <summary>Null when the word can match nothing.</summary>
    public static NoProxyEntry? Parse(string word)
    {
        var text = word.ToLowerInvariant();
        if (text == "*")
        {
            return new Everything();
        }

        if (AddressText.ParseNetwork(text) is { } network)
        {
            return new Network(network);
        }

        var (host, port) = Split(text);
        if (!port.All(char.IsAsciiDigit))
        {
            return null;
        }

        if (AddressText.Parse(host) is { } address)
        {
            return new Address(address, port);
        }

        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[1..] : host;
        return name.Trim('.').Length > 0 && !name.AsSpan().ContainsAny(NeverInNames) ? Name.Of(name, port) : null;
    }

    /// <param name="host">In lower case and without brackets.</param>
    /// <param name="address">The same where it is an address, an IPv4 address always as such; else null.</param>
    /// <param name="port">Decimal.</param>
    public abstract bool Matches(string host, IPAddress? address, string port);

    /// <summary>The port is empty where there is none, or where the text is an IPv6 address without brackets.</summary>
    private static (string Host, string Port) Split(string text)
    {
        var bracket = text.IndexOf(']', StringComparison.Ordinal);
        if (text.StartsWith('[') && bracket > 0)
        {
            var rest = text[(bracket + 1)..];
            return rest.Length == 0 ? (text[1..bracket], "")
                : rest.StartsWith(':') ? (text[1..bracket], rest[1..])
                : (text, "");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon == text.LastIndexOf(':') ? (text[..colon], text[(colon + 1)..]) : (text, "");
    }

    private sealed record Everything : NoProxyEntry
    {
        public override bool Matches(string host, IPAddress? address, string port) => true;
    }

    private sealed record Network(IPNetwork Range) : NoProxyEntry
    {
        public override bool Matches(string host, IPAddress? address, string port) => address is not null && Range.Contains(address);
    }

    private sealed record Address(IPAddress Value, string Port) : NoProxyEntry
    {
        public override bool Matches(string host, IPAddress? address, string port) => Value.Equals(address) && (Port.Length == 0 || Port == port);
    }

    /// <param name="Suffix">With a dot in front.</param>
    /// <param name="Itself">The name without the dot is meant too.</param>
    /// <param name="Port">Empty = any.</param>
    private sealed record Name(string Suffix, bool Itself, string Port) : NoProxyEntry
    {
        public static Name Of(string name, string port) => name.StartsWith('.') ? new(Ascii(name), false, port) : new("." + Ascii(name), true, port);

        public override bool Matches(string host, IPAddress? address, string port) =>
            (host.EndsWith(Suffix, StringComparison.Ordinal) || (Itself && host.AsSpan().SequenceEqual(Suffix.AsSpan(1))))
            && (Port.Length == 0 || Port == port);

        private static string Ascii(string name)
        {
            try
            {
                var mapping = new System.Globalization.IdnMapping();
                return string.Join('.', name.Split('.').Select(label => label.All(char.IsAscii) ? label : mapping.GetAscii(label)));
            }
            catch (ArgumentException)
            {
                return name;
            }
        }
    }
}
