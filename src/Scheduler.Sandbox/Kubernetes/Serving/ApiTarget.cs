using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>What a URL points at.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Namespace">Empty outside namespaces, null for all namespaces.</param>
/// <param name="Name">Null for the collection.</param>
/// <param name="Subresource">Empty for the object itself.</param>
internal sealed record ApiTarget(ResourceType Type, string? Namespace, string? Name, string Subresource)
{
    public ObjectKey Key => new(Type, Namespace ?? "", Name ?? "");

    /// <summary>As in RBAC rules: <c>pods/status</c>.</summary>
    public string Resource => Subresource.Length == 0 ? Type.Plural : $"{Type.Plural}/{Subresource}";

    /// <summary>As in RBAC rules; empty for a method this target does not have.</summary>
    public string Verb(string method, bool isWatch) => (method, Name) switch
    {
        ("GET", null) => isWatch ? "watch" : "list",
        ("POST", null) when Namespace is not null => "create",
        ("DELETE", null) when Namespace is not null => "deletecollection",
        ("GET", _) => "get",
        ("PUT", not null) => "update",
        ("PATCH", not null) => "patch",
        ("DELETE", not null) when Subresource.Length == 0 => "delete",
        ("POST", not null) when Subresource == "binding" => "create",
        _ => "",
    };
}
