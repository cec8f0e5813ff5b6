namespace Scheduler.Kubernetes.Pods.Metadata;

/// <summary>
/// Makes the link to a job out of the link to its build. As lenient as browsers are about paths, as strict as the original is
/// about the rest (pod-building.md §5.2).
/// </summary>
internal static class BuildUrl
{
    /// <summary>The URL with its fragment replaced; null when it is no URL. The empty text is one.</summary>
    /// <param name="url">The build's URL.</param>
    /// <param name="fragment">Letters, digits and hyphens only.</param>
    public static string? WithFragment(string url, string fragment)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var (text, oldFragment) = hash < 0 ? (url, "") : (url[..hash], url[(hash + 1)..]);
        if (text.Any(c => c is < ' ' or '\x7f') || !UrlText.HasValidEscapes(oldFragment) || !TryTakeScheme(ref text, out var scheme))
        {
            return null;
        }

        var question = text.IndexOf('?', StringComparison.Ordinal);
        var (location, query) = question < 0 ? (text, "") : (text[..question], text[question..]);
        return Normalise(location, scheme.Length > 0) is { } normal ? $"{scheme}{normal}{query}#{fragment}" : null;
    }

    /// <summary>Cuts off a scheme with its colon, in lower case, or nothing. False when the URL starts with a colon.</summary>
    private static bool TryTakeScheme(ref string text, out string scheme)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        scheme = "";
        if (colon == 0)
        {
            return false;
        }

        if (colon > 0 && char.IsAsciiLetter(text[0]) && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
        {
            scheme = text[..(colon + 1)].ToLowerInvariant();
            text = text[(colon + 1)..];
        }

        return true;
    }

    private static string? Normalise(string location, bool hasScheme)
    {
        if (!location.StartsWith('/'))
        {
            var isOpaque = hasScheme;
            return isOpaque ? location : FirstSegment(location).Contains(':', StringComparison.Ordinal) ? null : UrlText.Path(location);
        }

        if (!location.StartsWith("//", StringComparison.Ordinal) || (!hasScheme && location.StartsWith("///", StringComparison.Ordinal)))
        {
            return UrlText.Path(location);
        }

        var authority = FirstSegment(location[2..]);
        return UrlText.Authority(authority) is { } host && UrlText.Path(location[(2 + authority.Length)..]) is { } path
            ? (host + path).Length == 0 ? "" : $"//{host}{path}"
            : null;
    }

    private static string FirstSegment(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? text : text[..slash];
    }
}
