using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Errors;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>Reads requests off the wire.</summary>
internal static class RequestReader
{
    /// <summary>The real server's limit.</summary>
    private const int BodyLimit = 3 * 1024 * 1024;

    /// <exception cref="ApiError">405 when the target has no such method, 413 and 415 for bodies it does not take.</exception>
    public static async Task<ApiRequest> ReadAsync(HttpContext context, ApiTarget target, TimeProvider time)
    {
        var http = context.Request;
        var deadline = RequestDeadline.Parse(http.Query["timeout"].ToString(), time);
        var verb = target.Verb(http.Method, http.Query["watch"].ToString() is "true" or "1");
        if (verb.Length == 0)
        {
            throw ApiError.MethodNotAllowed();
        }

        var contentType = MediaType(http);
        var body = http.Method == HttpMethods.Get ? [] : await ReadBodyAsync(http, context.RequestAborted);
        if (body.Length > 0 && http.Method != HttpMethods.Patch)
        {
            RequireJson(contentType);
        }

        return new ApiRequest(target, verb, http.Query, http.Headers.Accept.ToString(), contentType, body, deadline);
    }

    public static async Task<byte[]> ReadBodyAsync(HttpRequest http, CancellationToken ct)
    {
        if (http.ContentLength is { } length)
        {
            RefuseBeyondLimit(length);
            var exact = new byte[length];
            await http.Body.ReadExactlyAsync(exact, ct);
            return exact;
        }

        using var buffer = new MemoryStream();
        await http.Body.CopyToAsync(buffer, ct);
        RefuseBeyondLimit(buffer.Length);

        return buffer.ToArray();
    }

    /// <exception cref="ApiError">415 for protobuf and YAML, which the real server also takes. curl's form type counts as JSON.</exception>
    public static void RequireJson(string contentType)
    {
        if (contentType is not ("" or "application/json" or "application/x-www-form-urlencoded"))
        {
            throw ApiError.UnsupportedMediaType();
        }
    }

    public static string MediaType(HttpRequest http) => (http.ContentType ?? "").Split(';')[0].Trim();

    private static void RefuseBeyondLimit(long length)
    {
        if (length > BodyLimit)
        {
            throw new ApiError(413, "RequestEntityTooLarge", $"Request entity too large: limit is {BodyLimit}");
        }
    }
}
