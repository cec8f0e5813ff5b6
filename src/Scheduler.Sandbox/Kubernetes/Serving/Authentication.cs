using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>Asks for the bearer token, except where the real server lets anybody in.</summary>
/// <param name="token">Null when there is none to ask for.</param>
internal sealed class Authentication(string? token)
{
    private readonly byte[]? _expected = token is null ? null : Encoding.UTF8.GetBytes($"Bearer {token}");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAllowed(context.Request))
        {
            await next(context);
        }
        else
        {
            await AnswerWriter.WriteAsync(context, Answer.Of(ApiError.Unauthorized()));
        }
    }

    private bool IsAllowed(HttpRequest request) =>
        _expected is null
        || request.Path.Value?.TrimEnd('/') is "/healthz" or "/readyz" or "/livez" or "/version"
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _expected);
}
