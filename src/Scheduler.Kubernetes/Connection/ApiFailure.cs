using System.Globalization;
using System.Net;
using System.Text.Json;
using k8s.Autorest;

namespace Scheduler.Kubernetes.Connection;

/// <summary>Reads the API server's own words out of a failed call.</summary>
public static class ApiFailure
{
    /// <summary>What went wrong, for an operator; a missing permission is named by the rule that would grant it.</summary>
    public static string Describe(HttpOperationException error, string verb, string resource)
    {
        ArgumentNullException.ThrowIfNull(error);
        var message = Field(error, "message") ?? $"HTTP {(int)error.Response.StatusCode}";
        return error.Response.StatusCode switch
        {
            HttpStatusCode.Forbidden => $"{message} (does the controller's Role allow '{verb}' on '{resource}'?)",
            HttpStatusCode.Unauthorized => $"{message} (the API server does not accept the controller's credentials)",
            _ => message,
        };
    }

    /// <summary>The status reason, such as <c>AlreadyExists</c>; null when the answer has none.</summary>
    public static string? Reason(HttpOperationException error) => Field(error, "reason");

    /// <summary>The wait the server asks for; null when it asks for none.</summary>
    public static TimeSpan? RetryAfter(HttpOperationException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Response.Headers.TryGetValue("Retry-After", out var values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0 and < 3600
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    private static string? Field(HttpOperationException error, string name)
    {
        try
        {
            using var status = JsonDocument.Parse(error.Response.Content ?? "");
            return status.RootElement.ValueKind == JsonValueKind.Object
                && status.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
