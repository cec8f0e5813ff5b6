using System.Globalization;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Controllers;

/// <summary>
/// Writes Events about objects. The oldest ones beyond a number are removed, as the real server removes those beyond an hour.
/// For one thread.
/// </summary>
internal sealed class EventRecorder(ObjectStore store, TimeProvider time)
{
    private const int Kept = 5_000;

    private readonly Queue<ObjectKey> _written = new();
    private long _number;

    public async Task RecordAsync(KubeObject about, string type, string reason, string message, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var name = $"{about.Meta.Name}.{now.Ticks + _number++:x16}";
        var written = new Draft(ResourceCatalog.Events, new ObjectMeta
        {
            Name = name,
            Namespace = about.Meta.Namespace,
            Uid = Guid.NewGuid().ToString("D"),
            Created = Admission.ToTheSecond(now),
        }, Body(about, type, reason, message, ObjectWriter.Time(now))).Freeze();
        await store.WriteAsync(written.Key, stored => stored is null ? Decision.Put(written) : Decision.Keep, ct);
        _written.Enqueue(written.Key);
        if (_written.Count > Kept)
        {
            await store.WriteAsync(_written.Dequeue(), stored => stored is null ? Decision.Keep : Decision.Remove(stored), ct);
        }
    }

    private static JsonObject Body(KubeObject about, string type, string reason, string message, string time) => new()
    {
        ["involvedObject"] = new JsonObject
        {
            ["kind"] = about.Type.Kind,
            ["namespace"] = about.Meta.Namespace,
            ["name"] = about.Meta.Name,
            ["uid"] = about.Meta.Uid,
            ["apiVersion"] = about.Type.ApiVersion,
            ["resourceVersion"] = about.Meta.Revision.ToString(CultureInfo.InvariantCulture),
        },
        ["reason"] = reason,
        ["message"] = message,
        ["source"] = new JsonObject { ["component"] = "job-controller" },
        ["firstTimestamp"] = time,
        ["lastTimestamp"] = time,
        ["count"] = 1,
        ["type"] = type,
        ["reportingComponent"] = "job-controller",
        ["reportingInstance"] = "",
    };
}
