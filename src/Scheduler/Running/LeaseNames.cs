using System.Security.Cryptography;
using System.Text;

namespace Scheduler.Running;

/// <summary>Kubernetes object names from controller ids, which may contain more than names may.</summary>
internal static class LeaseNames
{
    private const int LongestReadable = 20;

    /// <summary>A readable part and a hash of the whole, so that two ids never share a lease.</summary>
    public static string Safe(string id)
    {
        var readable = new string([.. id.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(LongestReadable)]).Trim('-');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..8];
        return readable.Length == 0 ? hash : $"{readable}-{hash}";
    }
}
