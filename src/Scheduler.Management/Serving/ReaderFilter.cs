using Microsoft.AspNetCore.Http;

namespace Scheduler.Management.Serving;

/// <summary>
/// Who may read: whoever shows one of the tokens, and everybody else as long as none is asked of readers. Grants and the holder of
/// the lease are shown to the former only.
/// </summary>
internal sealed class ReaderFilter(ManagementTokens tokens) : IEndpointFilter
{
    private static readonly object Key = new();

    /// <summary>Whether this reader has shown a token.</summary>
    public static bool ShowsAll(HttpContext context) => context.Items.ContainsKey(Key);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        switch (await tokens.AccessOfAsync(http.Request))
        {
            case Access.Reader or Access.Changer:
                http.Items[Key] = true;
                return await next(context);
            case Access.Anonymous when !tokens.ReadingNeedsToken:
                return await next(context);
            default:
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Answer.Message(
                    StatusCodes.Status401Unauthorized,
                    "reading needs a header 'Authorization: Bearer' with the token of management-read-token or management-token; "
                    + "/alive and /ready do not");
        }
    }
}
