using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Scheduler.Management.Serving;

/// <summary>
/// Lets a call through that carries the configured bearer token: 403 where none is configured, 401 for another one. Tokens are
/// compared by their hashes and in constant time, so that neither length nor content can be guessed from how long it takes.
/// </summary>
internal sealed class BearerTokenFilter(ManagementOptions options) : IEndpointFilter
{
    private const string ReadOnly = "read-only: nothing can be changed here unless management-token or management-token-file is set";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        string token;
        try
        {
            token = await TokenAsync(http.RequestAborted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Answer.Message(StatusCodes.Status403Forbidden, "read-only: the file of management-token-file cannot be read");
        }

        if (token.Length == 0)
        {
            return Answer.Message(StatusCodes.Status403Forbidden, ReadOnly);
        }

        if (!Carries(http.Request, token))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Answer.Message(StatusCodes.Status401Unauthorized, "a header 'Authorization: Bearer' with the configured token is needed");
        }

        return await next(context);
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken) =>
        options.Token.Length > 0 ? options.Token
        : options.TokenFile.Length > 0 ? (await File.ReadAllTextAsync(options.TokenFile, cancellationToken)).Trim()
        : "";

    private static bool Carries(HttpRequest request, string token) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(header.Parameter ?? ""), Hash(token));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
