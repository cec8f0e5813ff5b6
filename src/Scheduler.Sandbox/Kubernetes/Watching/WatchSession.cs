using System.IO.Pipelines;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Faults;
using Scheduler.Sandbox.Kubernetes.Serving;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Watching;

/// <summary>One open watch: follows the log at its client's pace.</summary>
internal sealed class WatchSession(
    ApiRequest request,
    WatchStart start,
    WatchFrames frames,
    PipeWriter output,
    ObjectStore store,
    KubernetesFaults faults,
    TimeSpan bookmarkInterval,
    TimeSpan length,
    TimeProvider time)
{
    private const int FlushEvery = 64;

    private readonly bool _wantsBookmarks = request.Flag("allowWatchBookmarks");
    private readonly long _began = time.GetTimestamp();
    private readonly CancellationToken _expired = faults.WatchesExpired;
    private readonly Alarm _alarm = new(time);
    private LogEntry _entry = start.Entry!;
    private long _bookmarked = time.GetTimestamp();

    /// <summary>Returns when the watch's time is over.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await SendInitialAsync(ct);
        using var expired = CancellationTokenSource.CreateLinkedTokenSource(ct, _expired);
        while (time.GetElapsedTime(_began) < length)
        {
            await SendChangesAsync(ct);
            if (_expired.IsCancellationRequested)
            {
                frames.WriteError(ApiError.Expired(start.Revision, store.Current.Revision));
                await output.FlushAsync(ct);
                return;
            }

            await BookmarkAsync(ct);
            await WaitAsync(expired.Token);
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task SendInitialAsync(CancellationToken ct)
    {
        if (start.Initial is { } snapshot)
        {
            var unflushed = 0;
            foreach (var item in snapshot.List(request.Type, start.Selector.Namespace).Where(start.Selector.Matches))
            {
                frames.Write("ADDED", item);
                if (++unflushed % FlushEvery == 0)
                {
                    await output.FlushAsync(ct);
                }
            }

            if (start.MarkInitialEnd && _wantsBookmarks)
            {
                frames.WriteBookmark(request.Type, snapshot.Revision, endsInitialEvents: true);
            }
        }

        await output.FlushAsync(ct);
    }

    private async Task SendChangesAsync(CancellationToken ct)
    {
        var unflushed = 0;
        while (_entry.Next is { } next)
        {
            _entry = next;
            if (next.Revision <= start.Revision || faults.DropWatchEvents || !Send(next.Change!))
            {
                continue;
            }

            if (++unflushed % FlushEvery == 0)
            {
                await output.FlushAsync(ct);
            }
        }

        if (unflushed % FlushEvery > 0)
        {
            await output.FlushAsync(ct);
        }
    }

    private bool Send(Change change)
    {
        var matched = change.Before is { } before && start.Selector.Matches(before);
        var matches = !change.IsRemoval && start.Selector.Matches(change.After);
        switch (matched, matches)
        {
            case (false, true):
                frames.Write("ADDED", change.After);
                return true;
            case (true, true):
                frames.Write("MODIFIED", change.After);
                return true;
            case (true, false):
                // An object that leaves the selection is shown as it was last in it, under the revision of its leaving.
                frames.Write(
                    "DELETED",
                    change.IsRemoval ? change.After : change.Before!.With(change.Before.Meta with { Revision = change.Revision }));
                return true;
            default:
                return false;
        }
    }

    private async Task BookmarkAsync(CancellationToken ct)
    {
        if (!_wantsBookmarks || time.GetElapsedTime(_bookmarked) < bookmarkInterval)
        {
            return;
        }

        var revision = store.LoggedRevision;
        if (_entry.Next is not null)
        {
            return;
        }

        _bookmarked = time.GetTimestamp();
        frames.WriteBookmark(request.Type, Math.Max(revision, start.Revision), endsInitialEvents: false);
        await output.FlushAsync(ct);
    }

    private async Task WaitAsync(CancellationToken wake)
    {
        var rest = length - time.GetElapsedTime(_began);
        var untilBookmark = bookmarkInterval - time.GetElapsedTime(_bookmarked);
        var wait = _wantsBookmarks && untilBookmark < rest ? untilBookmark : rest;
        await Task.WhenAny(_entry.Followed, _alarm.At(time.GetUtcNow() + wait, wake));
    }
}
