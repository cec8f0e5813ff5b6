using Microsoft.AspNetCore.Http;

namespace Scheduler.Management.Serving;

/// <summary>
/// Lets a call through that carries the token for changes: 403 where none is configured or only one for reading is shown, 401
/// for another one.
/// </summary>
internal sealed class ChangerFilter(ManagementTokens tokens) : IEndpointFilter
{
    private const string ReadOnly = "read-only: nothing can be changed here unless management-token or management-token-file is set";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        switch (await tokens.ChangeTokenAsync(http.RequestAborted))
        {
            case null:
                return Answer.Message(StatusCodes.Status403Forbidden, "read-only: the file of management-token-file cannot be read");
            case "":
                return Answer.Message(StatusCodes.Status403Forbidden, ReadOnly);
        }

        switch (await tokens.AccessOfAsync(http.Request))
        {
            case Access.Changer:
                return await next(context);
            case Access.Reader:
                return Answer.Message(StatusCodes.Status403Forbidden, "this token is for reading only");
            default:
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Answer.Message(StatusCodes.Status401Unauthorized, "a header 'Authorization: Bearer' with the configured token is needed");
        }
    }
}
