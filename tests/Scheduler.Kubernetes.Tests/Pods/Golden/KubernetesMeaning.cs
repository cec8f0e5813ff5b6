using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>Reduces a Job's JSON to what Kubernetes reads from it, so that two spellings of one Job become the same.</summary>
internal static class KubernetesMeaning
{
    private static readonly HashSet<string> Choices =
    [
        "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral",
        "fc", "flexVolume", "flocker", "gcePersistentDisk", "gitRepo", "glusterfs", "hostPath", "image", "iscsi", "nfs",
        "persistentVolumeClaim", "photonPersistentDisk", "portworxVolume", "projected", "quobyte", "rbd", "scaleIO", "secret",
        "storageos", "vsphereVolume", "clusterTrustBundle", "podCertificate", "serviceAccountToken",
        "configMapRef", "secretRef", "configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef",
        "exec", "httpGet", "tcpSocket", "grpc", "sleep",
        "labelSelector", "namespaceSelector", "selector",
    ];

    private static readonly HashSet<string> UserMaps = ["labels", "annotations", "nodeSelector", "matchLabels", "volumeAttributes"];

    private static readonly HashSet<string> TextsThatCountWhenEmpty = ["storageClassName", "apiGroup", "runtimeClassName"];

    private static readonly HashSet<string> QuantityMaps = ["limits", "requests", "overhead"];

    private static readonly HashSet<string> Quantities = ["sizeLimit", "divisor"];

    private static readonly HashSet<string> FalseIsAbsent = ["readOnly", "stdin", "stdinOnce", "tty", "hostNetwork", "hostPID", "hostIPC"];

    private static readonly HashSet<string> ZeroIsAbsent =
    [
        "containerPort", "hostPort", "port", "maxSkew", "weight", "seconds", "lun",
        "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold",
    ];

    /// <summary>Null where Kubernetes sees nothing.</summary>
    public static JsonNode? Of(JsonNode? node, string key = "", string owner = "", bool inList = false) => node switch
    {
        JsonObject map => OfObject(map, key, inList),
        JsonArray list => list.Count == 0 ? null : new JsonArray([.. list.Select(element => Of(element, key, owner, inList: true))]),
        null => null,
        _ => OfScalar(node, key, owner, inList),
    };

    private static JsonObject? OfObject(JsonObject map, string key, bool inList)
    {
        var result = new JsonObject();
        foreach (var (name, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (Of(value, name, key) is { } meaning)
            {
                result[name] = meaning;
            }
        }

        return result.Count > 0 || inList || Choices.Contains(key) ? result : null;
    }

    private static JsonNode? OfScalar(JsonNode scalar, string key, string owner, bool inList)
    {
        if (QuantityMaps.Contains(owner) || Quantities.Contains(key))
        {
            var amount = new ResourceQuantity(scalar.ToString()).ToDecimal();
            return key == "divisor" && amount == 0 ? null : JsonValue.Create(amount / 1.0000000000000000000000000000m);
        }

        var absent = scalar.GetValueKind() switch
        {
            JsonValueKind.String => (string?)scalar == "" && !inList && !UserMaps.Contains(owner) && !TextsThatCountWhenEmpty.Contains(key),
            JsonValueKind.False => !inList && FalseIsAbsent.Contains(key),
            JsonValueKind.Number => !inList && ZeroIsAbsent.Contains(key) && scalar.ToJsonString() == "0",
            _ => false,
        };
        return absent ? null : scalar.DeepClone();
    }
}
