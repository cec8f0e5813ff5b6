using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Scheduler.Management.Serving;

/// <summary>What a caller may do, by the bearer token of his request.</summary>
internal enum Access
{
    /// <summary>He shows no token, or none is configured.</summary>
    Anonymous,

    /// <summary>He shows a token, and it is none of ours.</summary>
    Unknown,

    Reader,

    /// <summary>May read, too.</summary>
    Changer,
}

/// <summary>
/// The configured tokens. They are compared by their hashes and in constant time, so that neither length nor content can be
/// guessed from how long it takes. Safe to use from any thread.
/// </summary>
internal sealed class ManagementTokens(ManagementOptions options)
{
    /// <summary>A file that is larger holds no token.</summary>
    private const int LargestFile = 16 * 1024;

    /// <summary>Reading is for those who show a token.</summary>
    public bool ReadingNeedsToken => options.ReadToken.Length > 0 || options.ReadTokenFile.Length > 0;

    private bool AnyConfigured => ReadingNeedsToken || options.Token.Length > 0 || options.TokenFile.Length > 0;

    /// <summary>The files are read only for callers who show something to compare with.</summary>
    public async Task<Access> AccessOfAsync(HttpRequest request)
    {
        if (request.Headers.Authorization.Count == 0 || !AnyConfigured)
        {
            return Access.Anonymous;
        }

        var shown = AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter ?? ""
            : "";
        var isChanger = IsSame(shown, await ChangeTokenAsync(request.HttpContext.RequestAborted));
        var isReader = IsSame(shown, await TokenAsync(options.ReadToken, options.ReadTokenFile, request.HttpContext.RequestAborted));
        return isChanger ? Access.Changer : isReader ? Access.Reader : Access.Unknown;
    }

    /// <summary>The token for changes; empty when there is none, null when its file cannot be read.</summary>
    public Task<string?> ChangeTokenAsync(CancellationToken cancellationToken) => TokenAsync(options.Token, options.TokenFile, cancellationToken);

    private async Task<string?> TokenAsync(string value, string file, CancellationToken cancellationToken)
    {
        if (value.Length > 0 || file.Length == 0)
        {
            return value;
        }

        try
        {
            if (new FileInfo(file).Length > LargestFile)
            {
                return null;
            }

            var token = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
            options.Secrets.Add(token);
            return token;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsSame(string shown, string? token) =>
        CryptographicOperations.FixedTimeEquals(Hash(shown), Hash(token ?? "")) & !string.IsNullOrEmpty(token);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
