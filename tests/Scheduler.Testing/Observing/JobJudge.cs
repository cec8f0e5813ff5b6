using k8s;
using k8s.Models;

namespace Scheduler.Testing.Observing;

/// <summary>
/// An independent judge of the limit on any API server: watches Jobs from one list on and counts the unfinished ones at every
/// change, in the order Kubernetes made them. It shares no code with the scheduler.
/// </summary>
public sealed class JobJudge : IAsyncDisposable
{
    private const string JobUuid = "buildkite.com/job-uuid";

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _unfinished = [];
    private readonly Dictionary<string, HashSet<string>> _uidsByJob = [];
    private Task _watching = Task.CompletedTask;
    private volatile Verdict _verdict = new(0, 0, 0, 0, null);

    private JobJudge()
    {
    }

    /// <summary>What was seen so far.</summary>
    /// <param name="Unfinished">Jobs unfinished now.</param>
    /// <param name="Peak">Most unfinished at once.</param>
    /// <param name="Jobs">Buildkite jobs that got a Kubernetes Job.</param>
    /// <param name="Duplicated">Buildkite jobs that got more than one.</param>
    /// <param name="Failure">Why the judge cannot judge any more; null while it can.</param>
    public sealed record Verdict(int Unfinished, int Peak, int Jobs, int Duplicated, string? Failure)
    {
        /// <summary>Most unfinished right after a creation; Jobs that were there at the start count, but not their own creation.</summary>
        public int PeakOnCreation { get; init; }
    }

    public Verdict Current => _verdict;

    public static async Task<JobJudge> StartAsync(KubernetesClientConfiguration configuration, string ns, CancellationToken cancellationToken)
    {
        var judge = new JobJudge();
        var client = new k8s.Kubernetes(configuration);
        var list = await client.BatchV1.ListNamespacedJobAsync(ns, cancellationToken: cancellationToken);
        foreach (var job in list.Items)
        {
            judge.See(WatchEventType.Added, job, isCreation: false);
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
                var watch = client.BatchV1.WatchListNamespacedJobAsync(
                    ns, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 3600, cancellationToken: _stop.Token);
                await foreach (var (type, job) in watch)
                {
                    from = job.Metadata.ResourceVersion;
                    if (type != WatchEventType.Bookmark)
                    {
                        See(type, job, isCreation: type == WatchEventType.Added);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
        catch (Exception error)
        {
            _verdict = _verdict with { Failure = error.ToString() };
        }
        finally
        {
            client.Dispose();
        }
    }

    private void See(WatchEventType type, V1Job job, bool isCreation)
    {
        var finished = job.Status?.Conditions?.Any(c => c is { Type: "Complete" or "Failed", Status: "True" }) ?? false;
        if (type == WatchEventType.Deleted || finished)
        {
            _unfinished.Remove(job.Metadata.Uid);
        }
        else
        {
            _unfinished.Add(job.Metadata.Uid);
        }

        if (job.Metadata.Labels?.TryGetValue(JobUuid, out var uuid) ?? false)
        {
            if (!_uidsByJob.TryGetValue(uuid, out var uids))
            {
                _uidsByJob[uuid] = uids = [];
            }

            uids.Add(job.Metadata.Uid);
        }

        _verdict = _verdict with
        {
            Unfinished = _unfinished.Count,
            Peak = Math.Max(_verdict.Peak, _unfinished.Count),
            PeakOnCreation = isCreation ? Math.Max(_verdict.PeakOnCreation, _unfinished.Count) : _verdict.PeakOnCreation,
            Jobs = _uidsByJob.Count,
            Duplicated = _uidsByJob.Values.Count(uids => uids.Count > 1),
        };
    }
}
