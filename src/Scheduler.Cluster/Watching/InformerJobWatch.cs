using System.Runtime.CompilerServices;
using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Watching;

/// <summary>The watch over an informer.</summary>
public sealed class InformerJobWatch(JobInformer informer) : IJobWatch
{
    public async IAsyncEnumerable<JobNews> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in informer.FollowAsync(cancellationToken))
        {
            yield return message switch
            {
                JobWatchMessage.Listed listed => new JobNews.Listed([.. listed.Jobs.Select(job => See(job, job.State))], listed.Revision),
                JobWatchMessage.Changed changed => new JobNews.Changed(See(changed.Job, changed.Job.State)),
                JobWatchMessage.Deleted deleted => new JobNews.Changed(See(deleted.Job, KubernetesJobState.Absent)),
                JobWatchMessage.Bookmark bookmark => new JobNews.UpToDate(bookmark.Revision),
                JobWatchMessage.Interrupted interrupted => new JobNews.Interrupted(interrupted.Reason),
                _ => throw new InvalidOperationException($"unknown message {message}"),
            };
        }
    }

    private static Observed See(JobFact job, KubernetesJobState state) => new(job.Job, state, job.Revision, job.Grant);
}
