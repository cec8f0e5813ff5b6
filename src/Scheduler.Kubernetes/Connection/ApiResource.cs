namespace Scheduler.Kubernetes.Connection;

/// <summary>A kind of objects on the API server.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version spoken.</param>
/// <param name="Plural">The name in paths and RBAC rules.</param>
public sealed record ApiResource(string Group, string Version, string Plural)
{
    public static ApiResource Jobs { get; } = new("batch", "v1", "jobs");

    public static ApiResource Pods { get; } = new("", "v1", "pods");

    public static ApiResource Events { get; } = new("", "v1", "events");

    public static ApiResource Secrets { get; } = new("", "v1", "secrets");

    public static ApiResource PodTemplates { get; } = new("", "v1", "podtemplates");

    public static ApiResource Leases { get; } = new("coordination.k8s.io", "v1", "leases");

    /// <summary>The path of all objects in a namespace, relative to the server's address.</summary>
    public string PathIn(string ns)
    {
        var root = Group.Length == 0 ? "api" : "apis/" + Group;
        return $"{root}/{Version}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";
    }

    /// <summary>The path of one object.</summary>
    public string PathOf(string ns, string name) => $"{PathIn(ns)}/{Uri.EscapeDataString(name)}";

    /// <summary>What a Role must contain for a verb on these objects.</summary>
    public string RuleFor(string verb) => $"apiGroups: [\"{Group}\"], resources: [\"{Plural}\"], verbs: [\"{verb}\"]";
}
