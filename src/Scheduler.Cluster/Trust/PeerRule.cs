using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// The one rule by which a node believes another, as client and as server: a certificate that our authority signed, that is valid
/// now, that says itself that it is for servers and for clients, and that carries a name of a node. Every node is both, so
/// a certificate made for one of the two, or for signing code, is somebody else's.
/// </summary>
internal static class PeerRule
{
    private const string ExtendedUse = "2.5.29.37";
    private const int LongestName = 64;

    private static readonly string[] Uses = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

    /// <summary>Why the certificate is not believed; null when it is. Fit for a log whatever the certificate holds.</summary>
    /// <param name="peer">What the other side has shown; null = nothing.</param>
    /// <param name="authority">Whose signature counts.</param>
    /// <param name="intermediates">Certificates between the two, where the authority does not sign nodes itself. Not believed by themselves.</param>
    /// <param name="names">The names of nodes.</param>
    /// <param name="now">The moment at which the certificate must be valid.</param>
    public static string? Objection(
        X509Certificate2? peer, X509Certificate2Collection authority, X509Certificate2Collection intermediates, PeerNames names, DateTimeOffset now)
    {
        if (peer is null)
        {
            return "no certificate was shown";
        }

        try
        {
            return Uses.Except(UsesOf(peer)).Any() ? "the certificate is not for both server and client (extended key usage)"
                : Chain(peer, authority, intermediates, now) is { } trouble ? trouble
                : !names.Fit(peer) ? $"the certificate is for {Shown(peer)}, not for {string.Join(" or ", names.Patterns)}"
                : null;
        }
        catch (CryptographicException)
        {
            return "the certificate cannot be read";
        }
    }

    private static IEnumerable<string> UsesOf(X509Certificate2 peer) =>
        peer.Extensions[ExtendedUse] is X509EnhancedKeyUsageExtension use ? use.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value ?? "") : [];

    private static string? Chain(X509Certificate2 peer, X509Certificate2Collection authority, X509Certificate2Collection intermediates, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authority);
        policy.ExtraStore.AddRange(intermediates);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationTime = now.LocalDateTime;
        policy.VerificationTimeIgnored = false;

        // A stranger's certificate must not send us to addresses of his choice.
        policy.DisableCertificateDownloads = true;
        foreach (var use in Uses)
        {
            policy.ApplicationPolicy.Add(new Oid(use));
        }

        return chain.Build(peer) ? null
            : chain.ChainStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid))
                ? FormattableString.Invariant(
                    $"the certificate, or its authority's, is not valid now; its own time is {peer.NotBefore.ToUniversalTime():u} to {peer.NotAfter.ToUniversalTime():u}")
            : $"the certificate was not signed by our authority ({string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())})";
    }

    /// <summary>The first of its names, with nothing in them that could pass for a line of our own.</summary>
    private static string Shown(X509Certificate2 peer)
    {
        var names = PeerNames.Of(peer);
        var first = names.IsEmpty ? "no name" : new string([.. names[0].Take(LongestName).Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '*' or ':')]);
        return names.Length > 1 ? FormattableString.Invariant($"{first} and {names.Length - 1} more") : first;
    }
}
