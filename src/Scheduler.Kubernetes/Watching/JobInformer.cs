using System.Net;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Kubernetes.Watching;

/// <summary>
/// Lists this controller's Jobs and follows every change from there. Lists again when changes may have been missed: the
/// position is too old (410), an event cannot be read, or a watch fails again and again. A watch that just ends is resumed.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="jobs">Makes the list.</param>
/// <param name="ns">The namespace.</param>
/// <param name="selector">Which Jobs are ours: <see cref="JobSelector"/>.</param>
/// <param name="time">For waits.</param>
public sealed class JobInformer(IKubernetes client, IKubernetesJobs jobs, string ns, string selector, TimeProvider time)
{
    /// <summary>The server ends each watch after this; a connection that died silently is noticed soon after.</summary>
    private static readonly TimeSpan WatchTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan SilenceGrace = TimeSpan.FromSeconds(15);

    private readonly Random _chance = new();

    /// <summary>Never ends and never faults but by cancellation.</summary>
    public async IAsyncEnumerable<JobWatchMessage> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failures = 0;
        string? position = null;
        while (true)
        {
            if (position is null)
            {
                var (listed, failure) = await ListAsync(cancellationToken);
                if (listed is null)
                {
                    yield return await PauseAsync(++failures, failure!, cancellationToken);
                    continue;
                }

                yield return listed;
                position = listed.Revision.ToString();
            }

            await using var watch = Watch(position, cancellationToken).GetAsyncEnumerator(cancellationToken);
            string? interruption = null;
            while (interruption is null)
            {
                JobWatchMessage? message = null;
                try
                {
                    if (!await watch.MoveNextAsync())
                    {
                        break;
                    }

                    (position, message, failures) = (watch.Current.Position, watch.Current.Message, 0);
                }
                catch (Exception error) when (!cancellationToken.IsCancellationRequested)
                {
                    interruption = error.Message;

                    // One lost connection is resumed; whatever speaks against the position itself, or keeps failing, lists anew.
                    if (!IsConnectionLoss(error) || failures > 1)
                    {
                        position = null;
                    }
                }

                if (message is not null)
                {
                    yield return message;
                }
            }

            if (interruption is not null)
            {
                yield return await PauseAsync(++failures, interruption, cancellationToken);
            }
        }
    }

    private static bool IsConnectionLoss(Exception error) =>
        error is HttpRequestException or IOException or OperationCanceledException
        || (error is HttpOperationException { Response.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests });

    private async Task<(JobWatchMessage.Listed? Listed, string? Failure)> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (all, revision) = await jobs.ListAsync(cancellationToken);
            return (new JobWatchMessage.Listed(all, revision), null);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, error.Message);
        }
    }

    private async IAsyncEnumerable<(string Position, JobWatchMessage? Message)> Watch(
        string position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(WatchTimeout + SilenceGrace);
        var events = client.BatchV1.WatchListNamespacedJobAsync(
            ns,
            labelSelector: selector,
            resourceVersion: position,
            allowWatchBookmarks: true,
            timeoutSeconds: (int)WatchTimeout.TotalSeconds,
            cancellationToken: silence.Token);
        await foreach (var (type, job) in events)
        {
            yield return (job.Metadata.ResourceVersion, Understand(type, job));
        }
    }

    private static JobWatchMessage? Understand(WatchEventType type, V1Job job)
    {
        if (type == WatchEventType.Bookmark)
        {
            return new JobWatchMessage.Bookmark(Core.Identity.Revision.Parse(job.Metadata.ResourceVersion));
        }

        var fact = JobFact.From(job);
        return fact is null ? null
            : type == WatchEventType.Deleted ? new JobWatchMessage.Deleted(fact)
            : new JobWatchMessage.Changed(fact);
    }

    private async Task<JobWatchMessage> PauseAsync(int failures, string reason, CancellationToken cancellationToken)
    {
        var delay = WatchBackOff.After(failures, _chance.NextDouble());
        await Task.Delay(delay, time, cancellationToken);
        return new JobWatchMessage.Interrupted(reason, delay);
    }
}
