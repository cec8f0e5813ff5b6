using Microsoft.AspNetCore.Http;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Watching;

/// <summary>The verb watch: where a watch begins, and when it ends for another reason than its client.</summary>
internal sealed class WatchServer(
    ObjectStore store, KubernetesFaults faults, TimeSpan bookmarkInterval, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan LongestByDefault = TimeSpan.FromMinutes(45);

    public async Task ServeAsync(HttpContext context, ApiRequest request)
    {
        var start = Begin(request);
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-cache, private";
        var broken = faults.WatchesBroken;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, broken, stopping);
        try
        {
            await response.StartAsync(ended.Token);
            var frames = new WatchFrames(request, response.BodyWriter, time);
            if (start.Entry is null)
            {
                frames.WriteError(ApiError.Expired(start.Revision, store.Current.Revision));
                await response.BodyWriter.FlushAsync(ended.Token);
                return;
            }

            var session = new WatchSession(
                request, start, frames, response.BodyWriter, store, faults, bookmarkInterval, Length(request), time);
            await session.RunAsync(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static TimeSpan Length(ApiRequest request) =>
        request.Number("timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : LongestByDefault;

    private WatchStart Begin(ApiRequest request)
    {
        var selector = request.Selector();
        var revision = request.Number("resourceVersion") ?? 0;
        var sendInitialEvents = request.Flag("sendInitialEvents");
        if (sendInitialEvents && request.Parameter("resourceVersionMatch") != "NotOlderThan")
        {
            var errors = new FieldErrors();
            errors.Forbidden("resourceVersionMatch", "resourceVersionMatch=NotOlderThan is required with sendInitialEvents");
            errors.ThrowIfAny("ListOptions.meta.k8s.io", "");
        }

        var log = store.LogOf(request.Type);
        if (revision > 0 && !sendInitialEvents)
        {
            var entry = log.After(revision);
            return entry is null && faults.RefuseExpiredWatches
                ? throw ApiError.Expired(revision, store.Current.Revision)
                : new WatchStart(selector, revision, entry, null, false);
        }

        // Between the two reads the log may have moved on: what the snapshot already shows is then skipped by its revision.
        var newest = log.Newest;
        var snapshot = store.Current;
        return new WatchStart(selector, snapshot.Revision, newest, snapshot, sendInitialEvents);
    }
}
