using System.Collections.Frozen;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>
/// Which lists of a pod spec are merged element by element; the Kubernetes models carry it as tags, of which the .NET ones know
/// nothing (pod-building.md §13.2). All other lists are replaced as a whole.
/// </summary>
internal sealed class MergeSchema
{
    /// <summary>An object without merged lists at any depth.</summary>
    public static readonly MergeSchema Plain = new([]);

    private static readonly MergeSchema Container = new(
    [
        Keyed("env", "name"),
        Keyed("ports", "containerPort"),
        Keyed("volumeMounts", "mountPath"),
        Keyed("volumeDevices", "devicePath"),
    ]);

    private static readonly MergeSchema Volume = Inside("ephemeral", Inside("volumeClaimTemplate", Inside("metadata", new(
    [
        Keyed("ownerReferences", "uid"),
        new("finalizers", new MergeField(ListStrategy.MergeScalars, null, Plain)),
    ]))));

    public static readonly MergeSchema PodSpec = new(
    [
        Keyed("volumes", "name", Volume),
        Keyed("initContainers", "name", Container),
        Keyed("containers", "name", Container),
        Keyed("ephemeralContainers", "name", Container),
        Keyed("imagePullSecrets", "name"),
        Keyed("hostAliases", "ip"),
        Keyed("topologySpreadConstraints", "topologyKey"),
        Keyed("schedulingGates", "name"),
        Keyed("resourceClaims", "name"),
    ]);

    private static readonly MergeField PlainField = new(ListStrategy.Replace, null, Plain);

    private readonly FrozenDictionary<string, MergeField> _fields;

    private MergeSchema(IEnumerable<KeyValuePair<string, MergeField>> fields) =>
        _fields = fields.ToFrozenDictionary(StringComparer.Ordinal);

    public MergeField this[string name] => _fields.GetValueOrDefault(name) ?? PlainField;

    private static KeyValuePair<string, MergeField> Keyed(string name, string key, MergeSchema? elements = null) =>
        new(name, new MergeField(ListStrategy.MergeByKey, key, elements ?? Plain));

    private static MergeSchema Inside(string name, MergeSchema schema) =>
        new([new(name, new MergeField(ListStrategy.Replace, null, schema))]);
}
