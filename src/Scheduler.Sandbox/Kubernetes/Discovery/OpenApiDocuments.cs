using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Discovery;

/// <summary>
/// As much OpenAPI as makes <c>kubectl create</c> and <c>apply</c> leave validation to the server: patches with a
/// fieldValidation parameter. There are no schemas.
/// </summary>
internal static class OpenApiDocuments
{
    public static JsonObject Index(IEnumerable<string> groups) => new()
    {
        ["paths"] = new JsonObject(groups.Select(group => new KeyValuePair<string, JsonNode?>(
            Path(group), new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{Path(group)}" }))),
    };

    public static JsonObject Of(string group) => new()
    {
        ["openapi"] = "3.0.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = (string?)DiscoveryDocuments.Version["gitVersion"] },
        ["paths"] = new JsonObject(ResourceCatalog.All.Where(type => type.Group == group).Select(type =>
            new KeyValuePair<string, JsonNode?>(
                $"/{Path(group)}/{(type.IsNamespaced ? "namespaces/{namespace}/" : "")}{type.Plural}/{{name}}",
                new JsonObject { ["patch"] = Patch(type) }))),
        ["components"] = new JsonObject(),
    };

    public static string Path(string group) => group.Length == 0 ? $"api/{ResourceType.Version}" : $"apis/{group}/{ResourceType.Version}";

    private static JsonObject Patch(ResourceType type) => new()
    {
        ["parameters"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "fieldValidation",
                ["in"] = "query",
                ["schema"] = new JsonObject { ["type"] = "string" },
            },
            new JsonObject
            {
                ["name"] = "dryRun",
                ["in"] = "query",
                ["schema"] = new JsonObject { ["type"] = "string" },
            }),
        ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
        ["x-kubernetes-group-version-kind"] = new JsonObject
        {
            ["group"] = type.Group,
            ["kind"] = type.Kind,
            ["version"] = ResourceType.Version,
        },
    };
}
