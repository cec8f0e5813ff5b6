using System.Runtime.CompilerServices;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Time;

namespace Scheduler.Kubernetes.Watching;

/// <summary>
/// Lists objects and follows every change from there. Lists again when changes may have been missed: the position is too old
/// (410), an event cannot be read, watches fail again and again, or the store has gone back behind the position: then it was
/// restored, and what is before the position now is not what was. A watch that just ends is resumed where it was.
/// </summary>
/// <param name="feed">What is followed.</param>
/// <param name="time">For waits.</param>
/// <param name="settings">Null = the defaults.</param>
public sealed class Informer<T>(IResourceFeed<T> feed, TimeProvider time, InformerSettings? settings = null) : IResourceWatch<T>
{
    private readonly InformerSettings _settings = settings ?? new InformerSettings();

    /// <summary>Never ends, and throws nothing but on cancellation. Each enumeration starts with a list of its own.</summary>
    public async IAsyncEnumerable<WatchMessage<T>> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Revision? position = null;
        var failures = 0;
        while (true)
        {
            Interruption? trouble = null;
            var isListed = false;
            if (position is null)
            {
                (var listing, trouble) = await AttemptAsync(() => feed.ListAsync(cancellationToken), cancellationToken);
                if (listing is not null)
                {
                    (position, isListed) = (listing.Revision, true);
                    yield return new WatchMessage<T>.Listed(listing.Items, listing.Revision);
                }
            }

            if (position is { } former && !isListed)
            {
                // A watch from a position of the future is answered with silence.
                (var present, trouble) = await AttemptAsync(() => feed.PresentAsync(cancellationToken), cancellationToken);
                trouble ??= present < former ? Interruption.NewHistory(former, present) : null;
            }

            if (trouble is null && position is { } after)
            {
                var begun = time.GetMoment();
                var progress = false;
                await using var watch = feed.WatchAsync(after, WatchTimeout(), cancellationToken).GetAsyncEnumerator(cancellationToken);
                while (true)
                {
                    (var more, trouble) = await AttemptAsync(() => watch.MoveNextAsync().AsTask(), cancellationToken);
                    if (!more)
                    {
                        break;
                    }

                    var reached = PositionAfter(watch.Current);
                    if (reached < position)
                    {
                        trouble = Interruption.NewHistory(position.Value, reached);
                        break;
                    }

                    (progress, failures, position) = (true, 0, reached);
                    yield return watch.Current;
                }

                trouble ??= !progress && time.GetMoment() - begun < _settings.ShortestWatch
                    ? new Interruption("the server ended the watch at once", null, LosesPosition: false, RetryAfter: null)
                    : null;
            }

            if (trouble is not null)
            {
                failures++;
                position = trouble.LosesPosition || failures >= _settings.FailuresUntilList ? null : position;
                var delay = trouble.Delay(failures, Chance());
                yield return new WatchMessage<T>.Interrupted(trouble.Reason, trouble.Error, delay);
                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    private static Revision PositionAfter(WatchMessage<T> message) => message switch
    {
        WatchMessage<T>.Changed changed => changed.Revision,
        WatchMessage<T>.Deleted deleted => deleted.Revision,
        WatchMessage<T>.Bookmark bookmark => bookmark.Revision,
        _ => throw new InvalidOperationException($"a feed's watch showed {message}"),
    };

    private static async Task<(TResult? Result, Interruption? Trouble)> AttemptAsync<TResult>(
        Func<Task<TResult>> step, CancellationToken cancellationToken)
    {
        try
        {
            return (await step(), null);
        }
        catch (Exception error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (default, Interruption.Of(error));
        }
    }

    private TimeSpan WatchTimeout() => _settings.WatchTimeout * (1 + Chance());

    // Spreads load; nothing depends on it being hard to guess.
#pragma warning disable CA5394
    private static double Chance() => Random.Shared.NextDouble();
#pragma warning restore CA5394
}
