using System.Runtime.CompilerServices;
using System.Text.Json;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Watching;

/// <summary>Reads one kind of objects of one namespace over HTTP. What is not believed is noted and left out.</summary>
internal sealed class ResourceFeed<TWire, T>(
    ApiClient api, ResourceShape<TWire, T> shape, string ns, string selector, TimeProvider time, Strangers? strangers)
    : IResourceFeed<T>
    where TWire : class, IWireObject
    where T : class
{
    private const int PageSize = 500;
    private const int ListAttempts = 3;

    private static readonly TimeSpan PageTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Bookmarks come about once a minute, so a silent watch is not merely one without changes.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(150);

    private readonly string _address = $"{shape.Resource.PathIn(ns)}?labelSelector={Uri.EscapeDataString(selector)}";

    public async Task<Listing<T>> ListAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ListPagesAsync(cancellationToken);
            }
            catch (ApiException error) when (error.Status == System.Net.HttpStatusCode.Gone && attempt < ListAttempts)
            {
                // The pages took longer than the server's memory; going on from here would mix two revisions.
            }
        }
    }

    public async Task<Revision> PresentAsync(CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync("&limit=1", cancellationToken);
        return RevisionOf(page.Metadata?.ResourceVersion);
    }

    public async IAsyncEnumerable<WatchMessage<T>> WatchAsync(
        Revision after, TimeSpan timeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new SilenceGuard(LongestSilence, time, cancellationToken);
        var query = $"{_address}&watch=true&allowWatchBookmarks=true&resourceVersion={after}&timeoutSeconds={(int)timeout.TotalSeconds}";
        using var response = await silence.GuardAsync(
            token => api.SendAsync(HttpMethod.Get, "watch", shape.Resource, query, content: null, token));
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var lines = new LineReader(body);
        while (await silence.GuardAsync(lines.ReadAsync))
        {
            while (lines.TryTake(out var line))
            {
                yield return Understand(WatchLine.Read(line, shape.EventType, shape.Resource));
            }
        }
    }

    private async Task<Listing<T>> ListPagesAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        string? next = null;
        while (true)
        {
            var page = await ReadPageAsync(
                $"&limit={PageSize}{(next is null ? "" : "&continue=" + Uri.EscapeDataString(next))}", cancellationToken);
            foreach (var wire in page.Items ?? [])
            {
                if (Remember(wire) is { } item)
                {
                    items.Add(item);
                }
            }

            next = page.Metadata?.Next;
            if (string.IsNullOrEmpty(next))
            {
                return new Listing<T>(items, RevisionOf(page.Metadata?.ResourceVersion));
            }
        }
    }

    private Task<ListWire<TWire>> ReadPageAsync(string query, CancellationToken cancellationToken) => Patience.WithinAsync(
        PageTimeout,
        time,
        token => api.ReadAsync(HttpMethod.Get, "list", shape.Resource, _address + query, content: null, shape.ListType, token),
        cancellationToken);

    private WatchMessage<T> Understand(EventWire<TWire> change)
    {
        var wire = change.Object ?? throw new JsonException($"a watch event of type '{change.Type}' has no object");
        var revision = RevisionOf(wire.Metadata?.ResourceVersion);
        return change.Type switch
        {
            "BOOKMARK" => new WatchMessage<T>.Bookmark(revision),
            "ADDED" or "MODIFIED" => Remember(wire) is { } item ? new WatchMessage<T>.Changed(item, revision) : new WatchMessage<T>.Bookmark(revision),
            "DELETED" => Remember(wire) is { } gone ? new WatchMessage<T>.Deleted(gone, revision) : new WatchMessage<T>.Bookmark(revision),
            _ => throw new JsonException($"a watch event has the unknown type '{change.Type}'"),
        };
    }

    private T? Remember(TWire wire)
    {
        var reading = shape.Read(wire);
        if (reading.Item is null)
        {
            var meta = wire.Metadata;
            strangers?.Note(new Stranger(shape.Resource.Plural, meta?.Name ?? "", meta?.Uid, meta?.Labels?.JobUuid ?? "", reading.Reason));
        }

        return reading.Item;
    }

    private static Revision RevisionOf(string? resourceVersion)
    {
        var revision = Revision.Parse(resourceVersion);
        return revision == Revision.None ? throw new JsonException($"resourceVersion '{resourceVersion}' is no number") : revision;
    }
}
