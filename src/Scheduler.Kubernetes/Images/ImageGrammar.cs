using System.Text.RegularExpressions;

namespace Scheduler.Kubernetes.Images;

/// <summary>
/// The grammar of image references. The repetitions are written so that each text can be read in one way only: matching stays
/// linear also for hostile input.
/// </summary>
internal static partial class ImageGrammar
{
    private const string Domain =
        @"(?<domain>(?:[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*)*|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?)";

    private const string Component = @"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*";

    private const string Tag = @"(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})";

    private const string Digest = @"(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,})";

    [GeneratedRegex(
        $@"\A(?:{Domain}/)?(?<path>{Component}(?:/{Component})*)(?::{Tag})?(?:@{Digest})?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    public static partial Regex Reference();

    /// <summary>What is wrong with a digest that fits the grammar; null when nothing is.</summary>
    public static string? DigestError(string digest)
    {
        var colon = digest.IndexOf(':', StringComparison.Ordinal);
        var algorithm = digest.AsSpan(0, colon);
        var hash = digest.AsSpan(colon + 1);
        var length = algorithm switch
        {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => 0,
        };
        if (length == 0)
        {
            return HasUpperCase(algorithm) ? "invalid checksum digest format" : "unsupported digest algorithm";
        }

        if (hash.Length != length)
        {
            return "invalid checksum digest length";
        }

        return HasUpperCase(hash) ? "invalid checksum digest format" : null;
    }

    private static bool HasUpperCase(ReadOnlySpan<char> text) => text.ContainsAnyInRange('A', 'Z');
}
