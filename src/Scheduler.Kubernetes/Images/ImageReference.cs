using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Kubernetes.Images;

/// <summary>
/// An image reference as a container runtime reads it (pod-building.md §10.1). Nothing is added: no default domain, no default tag.
/// </summary>
/// <param name="Domain">Registry host with port, as given; null when the reference starts with the path.</param>
/// <param name="Path">Repository below the domain.</param>
/// <param name="Tag">Null when there is none.</param>
/// <param name="Digest">Algorithm and hash; null when there is none. With one the image can never change.</param>
public sealed record ImageReference(string? Domain, string Path, string? Tag, string? Digest)
{
    private const int LongestPath = 255;

    /// <param name="text">The reference.</param>
    /// <param name="reference">What it says; null when it says nothing valid.</param>
    /// <param name="error">What is wrong, in the words Docker's own parser uses; null when nothing is.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out ImageReference? reference,
        [NotNullWhen(false)] out string? error)
    {
        reference = null;
        if (string.IsNullOrEmpty(text))
        {
            error = "repository name must have at least one component";
            return false;
        }

        var match = ImageGrammar.Reference().Match(text);
        if (!match.Success)
        {
            error = ImageGrammar.Reference().IsMatch(text.ToLowerInvariant())
                ? "repository name must be lowercase"
                : "invalid reference format";
            return false;
        }

        var digest = Group(match, "digest");
        var path = match.Groups["path"].Value;
        error = path.Length > LongestPath
            ? "repository name must not be more than 255 characters"
            : digest is null ? null : ImageGrammar.DigestError(digest);
        if (error is null)
        {
            reference = new ImageReference(Group(match, "domain"), path, Group(match, "tag"), digest);
        }

        return error is null;
    }

    private static string? Group(System.Text.RegularExpressions.Match match, string name) =>
        match.Groups[name] is { Success: true, Value: var value } ? value : null;
}
