using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Kubernetes.Connection;

/// <summary>The part of a Kubernetes <c>Status</c> object that says what went wrong.</summary>
internal sealed record ApiStatus(int? Code, string? Reason, string? Message)
{
    /// <summary>What can be read of an answer; proxies between here and the API server answer with other things.</summary>
    public static ApiStatus Read(string? content)
    {
        try
        {
            return JsonSerializer.Deserialize(content ?? "", ApiStatusJson.Default.ApiStatus) ?? new ApiStatus(null, null, null);
        }
        catch (JsonException)
        {
            return new ApiStatus(null, null, null);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiStatus))]
internal sealed partial class ApiStatusJson : JsonSerializerContext;
