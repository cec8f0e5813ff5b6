using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Watching;

/// <summary>
/// Writes the events of one watch. An object's bytes are made once for all watches; only Tables are made for each.
/// </summary>
internal sealed class WatchFrames(ApiRequest request, IBufferWriter<byte> output, TimeProvider time)
{
    private readonly bool _asTable = TableFormat.IsAskedFor(request.Accept);
    private bool _columnsSent;

    public void Write(string type, KubeObject item)
    {
        if (_asTable)
        {
            WriteFrame(type, Table([item], TableFormat.MetaOf(item)));
        }
        else
        {
            WriteFrame(type, item.Json.Span);
        }
    }

    public void WriteBookmark(ResourceType type, long revision, bool endsInitialEvents)
    {
        var meta = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture), ["creationTimestamp"] = null };
        if (endsInitialEvents)
        {
            meta["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        if (_asTable)
        {
            WriteFrame("BOOKMARK", Table([], meta));
            return;
        }

        var json = new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = meta };
        WriteFrame("BOOKMARK", JsonBytes.Of(json));
    }

    public void WriteError(ApiError error) => WriteFrame("ERROR", JsonBytes.Of(StatusObject.Of(error)));

    private byte[] Table(KubeObject[] items, JsonObject meta)
    {
        var table = TableFormat.Write(
            request.Type.Columns, items, meta, request.Parameter("includeObject"), !_columnsSent, time.GetUtcNow());
        _columnsSent = true;
        return table;
    }

    private void WriteFrame(string type, ReadOnlySpan<byte> json)
    {
        output.Write("{\"type\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(type));
        output.Write("\",\"object\":"u8);
        output.Write(json);
        output.Write("}\n"u8);
    }
}
