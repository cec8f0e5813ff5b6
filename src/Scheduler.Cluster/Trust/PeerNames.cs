using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// The names by which a certificate is a node's: it must carry one of them among its alternative names. A name is a host, an
/// address, or <c>*.</c> and a domain, where the star stands for exactly one label. A certificate for a wider domain does not fit.
/// </summary>
/// <param name="Patterns">None = no certificate fits.</param>
public sealed record PeerNames(ImmutableArray<string> Patterns)
{
    private const string AlternativeNames = "2.5.29.17";

    /// <summary>Whether one of the certificate's alternative names fits. The subject does not count.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate's names cannot be read.</exception>
    public bool Fit(X509Certificate2 certificate) => Of(certificate).Any(Fits);

    /// <summary>Whether a certificate with this alternative name is a node's.</summary>
    public bool Fits(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Patterns.Any(pattern => Fits(pattern, name.TrimEnd('.')));
    }

    /// <summary>A certificate's alternative names: hosts and addresses.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They cannot be read.</exception>
    public static ImmutableArray<string> Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.Extensions[AlternativeNames] is X509SubjectAlternativeNameExtension names
            ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]
            : [];
    }

    public bool Equals(PeerNames? other) => other is not null && Patterns.SequenceEqual(other.Patterns);

    public override int GetHashCode() => Patterns.Aggregate(0, HashCode.Combine);

    private static bool Fits(string pattern, string name)
    {
        if (name.Equals(pattern, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return IPAddress.TryParse(pattern, out var wanted) && IPAddress.TryParse(name, out var address) && address.Equals(wanted);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && !name[..dot].Contains('*', StringComparison.Ordinal) && name[dot..].Equals(pattern[1..], StringComparison.OrdinalIgnoreCase);
    }
}
