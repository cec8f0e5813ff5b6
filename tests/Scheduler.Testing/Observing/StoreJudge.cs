using System.Globalization;
using System.Text;
using k8s;
using k8s.Models;

namespace Scheduler.Testing.Observing;

/// <summary>
/// An independent judge of the limit that reads etcd itself: it misses no change, whatever becomes of the API server, whose own
/// watches end with it. Needs a store that keeps JSON.
/// </summary>
public sealed class StoreJudge : IAsyncDisposable
{
    private readonly JobTally _tally = new();
    private readonly Dictionary<string, string> _uidByKey = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TextWriter _record;
    private readonly Task _watching;

    private StoreJudge(Uri store, string ns, TextWriter record)
    {
        _record = record;
        _watching = WatchAsync(store, $"/registry/jobs/{ns}/");
    }

    /// <summary>What was seen so far.</summary>
    public JobVerdict Current => _tally.Current;

    /// <summary>Judges from the very first change on.</summary>
    /// <param name="store">A running etcd.</param>
    /// <param name="ns">The namespace of the Jobs.</param>
    /// <param name="record">Gets one line for each change of the number of unfinished Jobs; disposed of with the judge.</param>
    public static StoreJudge Start(Uri store, string ns, TextWriter record) => new(store, ns, record);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await _record.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WatchAsync(Uri store, string prefix)
    {
        // Leaves the constructor before the first request.
        await Task.Yield();
        try
        {
            await foreach (var change in StoreWatch.ReadAsync(store, prefix, _stop.Token))
            {
                await SeeAsync(change);
            }

            _tally.Fail("etcd ended the watch");
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
#pragma warning disable CA1031 // Whatever it is, the judge has become blind and must say so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _tally.Fail(error.ToString());
        }
    }

    private async Task SeeAsync(StoreChange change)
    {
        var before = _tally.Current.Unfinished;
        var what = "gone";
        if (change.Value is { } value)
        {
            var job = KubernetesJson.Deserialize<V1Job>(Encoding.UTF8.GetString(value));
            _tally.See(job, isCreation: !_uidByKey.ContainsKey(change.Key));
            _uidByKey[change.Key] = job.Metadata.Uid;
            what = JobTally.IsFinished(job) ? "finished" : "unfinished";
        }
        else if (_uidByKey.Remove(change.Key, out var uid))
        {
            _tally.SeeGone(uid);
        }

        if (_tally.Current.Unfinished != before)
        {
            var now = TimeProvider.System.GetUtcNow();
            await _record.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{now:HH:mm:ss.fff} revision {change.Revision}: {_tally.Current.Unfinished} unfinished, {what} {change.Key}"));
        }
    }
}
