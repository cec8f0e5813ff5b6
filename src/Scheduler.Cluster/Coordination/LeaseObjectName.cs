using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Cluster.Coordination;

/// <summary>Kubernetes object names from Akka's lease names, which contain addresses and paths.</summary>
public static class LeaseObjectName
{
    private const int Longest = 63;
    private const int HashLength = 8;

    /// <summary>
    /// The prefix and the name where Kubernetes allows it as it is; otherwise a readable part and a hash of the whole, so that
    /// two names never share a lease.
    /// </summary>
    /// <param name="prefix">A valid object name of at most 50 characters.</param>
    /// <param name="leaseName">Anything.</param>
    public static string For(string prefix, string leaseName)
    {
        var room = Longest - prefix.Length - 1;
        var readable = new string([.. leaseName.Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')]).Trim('-');
        if (readable == leaseName && leaseName.Length is > 0 && leaseName.Length <= room)
        {
            return $"{prefix}-{leaseName}";
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(leaseName)))[..HashLength];
        var start = readable[..Math.Min(readable.Length, Math.Max(0, room - HashLength - 1))].TrimEnd('-');
        return start.Length == 0 ? $"{prefix}-{hash}" : $"{prefix}-{start}-{hash}";
    }
}
