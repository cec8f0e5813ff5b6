using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Watching;

/// <summary>
/// All Buildkite jobs of which Kubernetes shows a Job or a pod. Of finished ones little is kept, and they are told a few times
/// only. Mutable, like a cache; one owner, K8sWatcher.
/// </summary>
/// <param name="nameOf">The name that this configuration gives a job's Kubernetes Job; null = not known.</param>
internal sealed class JobViews(Func<JobId, string>? nameOf)
{
    private readonly Dictionary<JobId, JobView> _views = [];

    public int Count => _views.Count;

    /// <summary>Whose state somebody may want to know.</summary>
    public JobId[] Unsettled() => [.. _views.Where(entry => !entry.Value.IsSettled).Select(entry => entry.Key)];

    /// <summary>All of them, also several of one job.</summary>
    public IEnumerable<UnfinishedJob> Unfinished()
    {
        foreach (var view in _views.Values)
        {
            foreach (var job in view.Jobs)
            {
                if (job.State == KubernetesJobState.Unfinished)
                {
                    yield return new UnfinishedJob(job.Job, job.Revision, job.Grant);
                }
            }
        }
    }

    /// <summary>Of all the job's Kubernetes Jobs together.</summary>
    public KubernetesJobState StateOf(JobId job) => Of(job).State;

    /// <summary>All Jobs there are. Returns the jobs whose last Job has vanished.</summary>
    public List<JobId> List(IReadOnlyList<JobFact> jobs)
    {
        var listed = jobs.ToLookup(job => job.Job);
        var vanished = _views.Where(entry => !entry.Value.Jobs.IsEmpty && !listed.Contains(entry.Key)).Select(entry => entry.Key).ToList();
        foreach (var group in listed)
        {
            _views[group.Key] = Of(group.Key).With([.. group], NameOf(group.Key));
        }

        foreach (var job in vanished)
        {
            Keep(job, _views[job].With([], NameOf(job)));
        }

        return vanished;
    }

    /// <summary>All pods there are. Returns the jobs whose last trace has vanished.</summary>
    public List<JobId> List(IReadOnlyList<PodFact> pods)
    {
        foreach (var (job, view) in _views.ToArray())
        {
            _views[job] = view.WithoutPods();
        }

        foreach (var pod in pods)
        {
            Put(pod);
        }

        return [.. _views.Where(entry => entry.Value.IsGone).Select(entry => entry.Key)];
    }

    public bool HasJob(JobFact job) => Of(job.Job).Jobs.Any(known => known.Uid == job.Uid);

    public bool HasPod(PodFact pod) => Of(pod.Job).Has(pod);

    /// <summary>
    /// Whether the pod is none of the job that its label names: no Job controls it, or none of that job's, where there is one.
    /// </summary>
    public bool IsStranger(PodFact pod) =>
        pod.Owner is null || (Of(pod.Job).Jobs is { IsEmpty: false } jobs && !jobs.Any(job => Proof.IsOf(pod, job)));

    public void Put(JobFact job) => _views[job.Job] = Of(job.Job).With(job, NameOf(job.Job));

    /// <summary>A pod that no Job controls, or not any more, is no job's.</summary>
    public void Put(PodFact pod)
    {
        if (pod.Owner is null)
        {
            Remove(pod);
        }
        else
        {
            _views[pod.Job] = Of(pod.Job).With(pod);
        }
    }

    public void Remove(JobFact job)
    {
        if (HasJob(job))
        {
            Keep(job.Job, _views[job.Job].Without(job, NameOf(job.Job)));
        }
    }

    public void Remove(PodFact pod)
    {
        if (_views.TryGetValue(pod.Job, out var view))
        {
            _views[pod.Job] = view.Without(pod);
        }
    }

    /// <summary>What to tell the job's actor now; null when there is nothing to tell it any more.</summary>
    public Seen? Tell(JobId job)
    {
        if (!_views.TryGetValue(job, out var view) || view.IsSettled)
        {
            return null;
        }

        if (view.IsGone)
        {
            _views.Remove(job);
        }
        else
        {
            _views[job] = view.Told();
        }

        return new Seen(job, view.Job, view.Newest);
    }

    private JobView Of(JobId job) => _views.GetValueOrDefault(job, JobView.Empty);

    private string? NameOf(JobId job) => nameOf?.Invoke(job);

    /// <summary>After a Job is gone. Nobody needs to know that of the last one if it is settled: its time to live is over.</summary>
    private void Keep(JobId job, JobView without)
    {
        if (_views[job].IsSettled && without.Jobs.IsEmpty)
        {
            _views.Remove(job);
        }
        else
        {
            _views[job] = without;
        }
    }
}
