using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;
using Scheduler.Sandbox.Kubernetes.Tables;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The verbs get and list.</summary>
internal sealed class ObjectReader(ObjectStore store, KubernetesFaults faults, TimeProvider time)
{
    public Answer Get(ApiRequest request)
    {
        var snapshot = store.Current;
        RefuseTheFuture(request.Number("resourceVersion"), snapshot);
        var found = snapshot.Find(request.Target.Key) ?? throw ApiError.NotFound(request.Type, request.Target.Name!);
        return Answer.Of(found, request, time.GetUtcNow());
    }

    public Answer List(ApiRequest request)
    {
        var token = request.Parameter("continue") is { Length: > 0 } text ? ContinueToken.Decode(text) : null;
        var snapshot = SnapshotFor(request, token);
        var selector = request.Selector();
        var found = snapshot.List(request.Type, request.Target.Namespace)
            .Where(item => token?.Precedes(item) != false && selector.Matches(item));
        var limit = (int)Math.Min(request.Number("limit") ?? 0, int.MaxValue);

        // Without a selector the client is told how many are left; with one, nothing behind the page is looked at but one item.
        var counts = selector.Labels.Requirements.IsEmpty && selector.Fields.Requirements.IsEmpty;
        var items = (limit > 0 && limit < int.MaxValue && !counts ? found.Take(limit + 1) : found).ToList();
        var page = limit > 0 && limit < items.Count ? items[..limit] : items;
        var meta = new JsonObject { ["resourceVersion"] = snapshot.Revision.ToString(CultureInfo.InvariantCulture) };
        if (page.Count < items.Count)
        {
            meta["continue"] = new ContinueToken(snapshot.Revision, page[^1].Meta.Namespace, page[^1].Meta.Name).Encode();
            if (counts)
            {
                meta["remainingItemCount"] = items.Count - page.Count;
            }
        }

        return TableFormat.IsAskedFor(request.Accept)
            ? new Answer(
                200,
                [TableFormat.Write(request.Type.Columns, page, meta, request.Parameter("includeObject"), true, time.GetUtcNow())])
            : new Answer(200, ListChunks(request.Type, page, meta));
    }

    /// <summary>The list as the real server writes it: its items without kind and apiVersion.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> ListChunks(ResourceType type, List<KubeObject> items, JsonObject meta)
    {
        var chunks = new List<ReadOnlyMemory<byte>>((items.Count * 2) + 2)
        {
            Encoding.UTF8.GetBytes(
                $"{{\"kind\":\"{type.Kind}List\",\"apiVersion\":\"{type.ApiVersion}\",\"metadata\":{meta.ToJsonString()},\"items\":["),
        };
        var preamble = type.PreambleLength;
        for (var i = 0; i < items.Count; i++)
        {
            chunks.Add(i == 0 ? ItemStart : NextItemStart);
            chunks.Add(items[i].Json[preamble..]);
        }

        chunks.Add(ListEnd);
        return chunks;
    }

    private static readonly ReadOnlyMemory<byte> ItemStart = "{"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> NextItemStart = ",{"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> ListEnd = "]}"u8.ToArray();

    private static void RefuseTheFuture(long? revision, StoreSnapshot snapshot)
    {
        if (revision > snapshot.Revision)
        {
            throw ApiError.TooLargeRevision(revision.Value, snapshot.Revision);
        }
    }

    private StoreSnapshot SnapshotFor(ApiRequest request, ContinueToken? token)
    {
        var current = store.Current;
        var revision = request.Number("resourceVersion");
        RefuseTheFuture(revision, current);
        if (token is not null)
        {
            return At(token.Revision) ?? throw ApiError.ContinueExpired();
        }

        if (request.Parameter("resourceVersionMatch") == "Exact" && revision > 0)
        {
            return At(revision.Value) ?? throw ApiError.Expired(revision.Value, current.Revision);
        }

        return faults.FrozenSnapshot ?? current;

        StoreSnapshot? At(long wanted) => wanted == current.Revision ? current : store.LogOf(request.Type).SnapshotAt(wanted)?.As(wanted);
    }
}
