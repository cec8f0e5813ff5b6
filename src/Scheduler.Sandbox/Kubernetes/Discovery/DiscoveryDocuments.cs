using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Discovery;

/// <summary>What the server says it serves, made from the resource table.</summary>
internal static class DiscoveryDocuments
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    public const string AuthorizationGroup = "authorization.k8s.io";

    public static IEnumerable<string> Groups => ResourceCatalog.All
        .Select(type => type.Group).Where(group => group.Length > 0).Append(AuthorizationGroup).Distinct();

    public static JsonObject Versions => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(),
    };

    public static JsonObject GroupList => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. Groups.Select(Describe)]),
    };

    public static JsonObject Version => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = "v1.32.0+sandbox",
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "1970-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "",
    };

    public static JsonObject Group(string name)
    {
        var group = Describe(name);
        group["kind"] = "APIGroup";
        group["apiVersion"] = "v1";
        return group;
    }

    public static JsonObject Resources(string group)
    {
        var resources = new JsonArray();
        foreach (var type in ResourceCatalog.All.Where(type => type.Group == group))
        {
            resources.Add(Describe(type, type.Plural, Verbs));
            if (type.HasStatus)
            {
                resources.Add(Describe(type, $"{type.Plural}/status", StatusVerbs));
            }
        }

        if (group == AuthorizationGroup)
        {
            resources.Add(new JsonObject
            {
                ["name"] = "selfsubjectaccessreviews",
                ["singularName"] = "selfsubjectaccessreview",
                ["namespaced"] = false,
                ["kind"] = "SelfSubjectAccessReview",
                ["verbs"] = new JsonArray("create"),
            });
        }

        return new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? "v1" : $"{group}/v1",
            ["resources"] = resources,
        };
    }

    private static JsonObject Describe(ResourceType type, string name, string[] verbs)
    {
        var resource = new JsonObject
        {
            ["name"] = name,
            ["singularName"] = name == type.Plural ? type.Singular : "",
            ["namespaced"] = type.IsNamespaced,
            ["kind"] = type.Kind,
            ["verbs"] = new JsonArray([.. verbs.Select(verb => JsonValue.Create(verb))]),
        };
        if (name == type.Plural && type.ShortNames.Length > 0)
        {
            resource["shortNames"] = new JsonArray([.. type.ShortNames.Select(shortName => JsonValue.Create(shortName))]);
        }

        if (name == type.Plural && (type == ResourceCatalog.Pods || type == ResourceCatalog.Jobs))
        {
            resource["categories"] = new JsonArray("all");
        }

        return resource;
    }

    private static JsonObject Describe(string group) => new()
    {
        ["name"] = group,
        ["versions"] = new JsonArray(VersionOf(group)),
        ["preferredVersion"] = VersionOf(group),
    };

    private static JsonObject VersionOf(string group) => new() { ["groupVersion"] = $"{group}/v1", ["version"] = "v1" };
}
