using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Resources;

/// <summary>The resource table: everything the server stores, one row per kind.</summary>
internal static class ResourceCatalog
{
    public static readonly ResourceType Namespaces = new()
    {
        Group = "",
        Kind = "Namespace",
        Plural = "namespaces",
        ShortNames = ["ns"],
        IsNamespaced = false,
        HasStatus = true,
        Rules = new NamespaceRules(),
        Columns = TableColumns.OfNamespaces,
    };

    public static readonly ResourceType Nodes = new()
    {
        Group = "",
        Kind = "Node",
        Plural = "nodes",
        ShortNames = ["no"],
        IsNamespaced = false,
        HasStatus = true,
    };

    public static readonly ResourceType Pods = new()
    {
        Group = "",
        Kind = "Pod",
        Plural = "pods",
        ShortNames = ["po"],
        HasStatus = true,
        Rules = new PodRules(),
        SelectableFields = Fields(
            ("status.phase", [KubeObject.Status, "phase"]),
            ("spec.nodeName", [KubeObject.Spec, "nodeName"]),
            ("spec.restartPolicy", [KubeObject.Spec, "restartPolicy"]),
            ("spec.serviceAccountName", [KubeObject.Spec, "serviceAccountName"])),
        Columns = PodColumns.All,
    };

    public static readonly ResourceType Jobs = new()
    {
        Group = "batch",
        Kind = "Job",
        Plural = "jobs",
        HasStatus = true,
        CountsGenerations = true,
        Rules = new JobRules(),
        SelectableFields = ImmutableDictionary<string, Func<KubeObject, string>>.Empty.Add(
            "status.successful", item => (item.NumberAt(KubeObject.Status, "succeeded") ?? 0).ToString(CultureInfo.InvariantCulture)),
        Columns = JobColumns.All,
    };

    public static readonly ResourceType Secrets = new()
    {
        Group = "",
        Kind = "Secret",
        Plural = "secrets",
        Rules = new ConfigRules(isSecret: true),
        SelectableFields = Fields(("type", ["type"])),
        Columns = TableColumns.OfSecrets,
    };

    public static readonly ResourceType ConfigMaps = new()
    {
        Group = "",
        Kind = "ConfigMap",
        Plural = "configmaps",
        ShortNames = ["cm"],
        Rules = new ConfigRules(isSecret: false),
        Columns = TableColumns.OfConfigMaps,
    };

    public static readonly ResourceType PodTemplates = new()
    {
        Group = "",
        Kind = "PodTemplate",
        Plural = "podtemplates",
        CountsGenerations = true,
        Rules = new PodTemplateRules(),
    };

    public static readonly ResourceType Events = new()
    {
        Group = "",
        Kind = "Event",
        Plural = "events",
        ShortNames = ["ev"],
        AllowsCreateOnUpdate = true,
        Rules = new EventRules(),
        SelectableFields = Fields(
            ("involvedObject.kind", ["involvedObject", "kind"]),
            ("involvedObject.namespace", ["involvedObject", "namespace"]),
            ("involvedObject.name", ["involvedObject", "name"]),
            ("involvedObject.uid", ["involvedObject", "uid"]),
            ("involvedObject.apiVersion", ["involvedObject", "apiVersion"]),
            ("involvedObject.resourceVersion", ["involvedObject", "resourceVersion"]),
            ("involvedObject.fieldPath", ["involvedObject", "fieldPath"]),
            ("reason", ["reason"]),
            ("type", ["type"])),
        Columns = TableColumns.OfEvents,
    };

    public static readonly ResourceType ServiceAccounts = new()
    {
        Group = "",
        Kind = "ServiceAccount",
        Plural = "serviceaccounts",
        ShortNames = ["sa"],
    };

    public static readonly ResourceType Leases = new()
    {
        Group = "coordination.k8s.io",
        Kind = "Lease",
        Plural = "leases",
        AllowsUnconditionalUpdate = false,
        AllowsCreateOnUpdate = true,
        Rules = new LeaseRules(),
        Columns = TableColumns.OfLeases,
    };

    public static readonly ImmutableArray<ResourceType> All =
        [Namespaces, Nodes, Pods, Jobs, Secrets, ConfigMaps, PodTemplates, Events, ServiceAccounts, Leases];

    private static ImmutableDictionary<string, Func<KubeObject, string>> Fields(params (string Name, string[] Path)[] fields) =>
        fields.ToImmutableDictionary(field => field.Name, field => (Func<KubeObject, string>)(item => item.TextAt(field.Path)));
}
