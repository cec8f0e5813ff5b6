using k8s;

namespace Scheduler.Testing.Observing;

/// <summary>
/// An independent judge of the limit on any API server: watches Jobs from one list on and counts the unfinished ones at every
/// change, in the order Kubernetes made them.
/// </summary>
public sealed class JobJudge : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly JobTally _tally = new();
    private Task _watching = Task.CompletedTask;

    private JobJudge()
    {
    }

    /// <summary>What was seen so far.</summary>
    public JobVerdict Current => _tally.Current;

    public static async Task<JobJudge> StartAsync(KubernetesClientConfiguration configuration, string ns, CancellationToken cancellationToken)
    {
        var judge = new JobJudge();
        var client = new k8s.Kubernetes(configuration);
        var list = await client.BatchV1.ListNamespacedJobAsync(ns, cancellationToken: cancellationToken);
        foreach (var job in list.Items)
        {
            judge._tally.See(job, isCreation: false);
        }

        judge._watching = judge.WatchAsync(client, ns, list.Metadata.ResourceVersion);
        return judge;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(k8s.Kubernetes client, string ns, string from)
    {
        try
        {
            while (true)
            {
                from = await WatchOnceAsync(client, ns, from);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
        catch (Exception error)
        {
            _tally.Fail(error.ToString());
        }
        finally
        {
            client.Dispose();
        }
    }

    /// <summary>Returns where the watch has come to when the server ends it.</summary>
    private async Task<string> WatchOnceAsync(k8s.Kubernetes client, string ns, string from)
    {
        var watch = client.BatchV1.WatchListNamespacedJobAsync(
            ns, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 3600, cancellationToken: _stop.Token);
        try
        {
            await foreach (var (type, job) in watch)
            {
                from = job.Metadata.ResourceVersion;
                if (type == WatchEventType.Deleted)
                {
                    _tally.SeeGone(job.Metadata.Uid);
                }
                else if (type != WatchEventType.Bookmark)
                {
                    _tally.See(job, isCreation: type == WatchEventType.Added);
                }
            }
        }
        catch (HttpRequestException error) when (error.InnerException is EndOfStreamException)
        {
            // The client's way to say that the server ended a watch before it had shown anything, as it does with slow readers.
        }

        return from;
    }
}
