using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>Where the next page of a list begins: after this object, at this revision. Opaque to clients.</summary>
internal sealed record ContinueToken(long Revision, string Namespace, string Name)
{
    public bool Precedes(KubeObject item)
    {
        var byNamespace = string.CompareOrdinal(Namespace, item.Meta.Namespace);
        return byNamespace < 0 || (byNamespace == 0 && string.CompareOrdinal(Name, item.Meta.Name) < 0);
    }

    public string Encode()
    {
        var json = new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Revision, ["start"] = $"{Namespace}/{Name}" };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    /// <exception cref="ApiError">400 when this server did not make it.</exception>
    public static ContinueToken Decode(string text)
    {
        try
        {
            var json = JsonNode.Parse(Convert.FromBase64String(text));
            var start = json!["start"]!.GetValue<string>().Split('/');
            return new ContinueToken(json["rv"]!.GetValue<long>(), start[0], start[1]);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or NullReferenceException
            or InvalidOperationException or IndexOutOfRangeException)
        {
            throw ApiError.BadRequest($"invalid continue token: continue key is not valid: {problem.Message}");
        }
    }
}
