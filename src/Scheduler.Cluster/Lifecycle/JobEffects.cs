using Scheduler.Buildkite;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Events;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.PodDeletion;

namespace Scheduler.Cluster.Lifecycle;

/// <summary><see cref="IJobEffects"/> on Buildkite and Kubernetes.</summary>
public sealed class JobEffects(IStack stack, IKubernetesJobs jobs, IKubernetesPods pods, IKubernetesEvents events) : IJobEffects
{
    public Task<FinishOutcome> FinishAsync(JobId job, int exitStatus, string detail, CancellationToken cancellationToken) =>
        stack.FinishAsync(job, exitStatus, detail, cancellationToken);

    public Task<bool> DeletePodAsync(string name, string uid, Revision? asSeen, CancellationToken cancellationToken) =>
        pods.DeleteAsync(name, uid, asSeen, cancellationToken);

    public Task<bool> DeleteJobAsync(string name, string uid, CancellationToken cancellationToken) =>
        jobs.DeleteAsync(name, uid, cancellationToken);

    public Task<bool> SetDeadlineAsync(string name, string uid, TimeSpan deadline, CancellationToken cancellationToken) =>
        jobs.SetDeadlineAsync(name, uid, deadline, cancellationToken);

    public Task<IReadOnlyList<EventFact>> ListEventsAsync(string jobName, CancellationToken cancellationToken) =>
        events.ListAsync(jobName, cancellationToken);
}
