using System.Runtime.CompilerServices;
using k8s;
using Microsoft.Extensions.Logging;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Jobs;

namespace Scheduler.Kubernetes.Watching;

/// <summary>Follows this controller's Jobs: an <see cref="Informer{T}"/> that lists by <see cref="IKubernetesJobs"/>.</summary>
/// <param name="client">A client made by <see cref="Connection.KubernetesConnection"/>.</param>
/// <param name="jobs">Makes the list.</param>
/// <param name="ns">The namespace.</param>
/// <param name="selector">Which Jobs are ours: <see cref="JobSelector"/>.</param>
/// <param name="time">For waits.</param>
/// <param name="logger">Is told of Jobs whose label is no job UUID.</param>
public sealed class JobInformer(IKubernetes client, IKubernetesJobs jobs, string ns, string selector, TimeProvider time, ILogger? logger = null)
{
    private readonly Informer<JobFact> _informer = new(new Feed(jobs, ResourceFeeds.Jobs(client, ns, selector, time, logger)), time);

    /// <summary>Never ends, and throws nothing but on cancellation.</summary>
    public async IAsyncEnumerable<JobWatchMessage> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in _informer.FollowAsync(cancellationToken))
        {
            yield return message switch
            {
                WatchMessage<JobFact>.Listed listed => new JobWatchMessage.Listed(listed.Items, listed.Revision),
                WatchMessage<JobFact>.Changed changed => new JobWatchMessage.Changed(changed.Item),
                WatchMessage<JobFact>.Deleted deleted => new JobWatchMessage.Deleted(deleted.Item),
                WatchMessage<JobFact>.Bookmark bookmark => new JobWatchMessage.Bookmark(bookmark.Revision),
                WatchMessage<JobFact>.Interrupted interrupted => new JobWatchMessage.Interrupted(interrupted.Reason, interrupted.NextAttemptIn),
                _ => throw new InvalidOperationException($"unknown message {message}"),
            };
        }
    }

    private sealed class Feed(IKubernetesJobs jobs, IResourceFeed<JobFact> changes) : IResourceFeed<JobFact>
    {
        public async Task<Listing<JobFact>> ListAsync(CancellationToken cancellationToken)
        {
            var (all, revision) = await jobs.ListAsync(cancellationToken);
            return new Listing<JobFact>(all, revision);
        }

        public IAsyncEnumerable<WatchMessage<JobFact>> WatchAsync(Revision after, TimeSpan timeout, CancellationToken cancellationToken) =>
            changes.WatchAsync(after, timeout, cancellationToken);
    }
}
