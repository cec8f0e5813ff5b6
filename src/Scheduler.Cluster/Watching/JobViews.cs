using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Watching;

/// <summary>
/// All Buildkite jobs of which Kubernetes shows a Job or a pod. Of finished ones little is kept, and they are told a few times
/// only. Mutable, like a cache; one owner, K8sWatcher.
/// </summary>
internal sealed class JobViews
{
    private readonly Dictionary<JobId, JobView> _views = [];

    public int Count => _views.Count;

    /// <summary>Whose state somebody may want to know.</summary>
    public JobId[] Unsettled() => [.. _views.Where(entry => !entry.Value.IsSettled).Select(entry => entry.Key)];

    public IEnumerable<UnfinishedJob> Unfinished()
    {
        foreach (var view in _views.Values)
        {
            if (view.Job is { State: KubernetesJobState.Unfinished } job)
            {
                yield return new UnfinishedJob(job.Job, job.Revision, job.Grant);
            }
        }
    }

    /// <summary>All Jobs there are. Returns the jobs whose Job has vanished.</summary>
    public List<JobId> List(IReadOnlyList<JobFact> jobs)
    {
        var listed = jobs.Select(job => job.Job).ToHashSet();
        var vanished = _views.Where(entry => entry.Value.Job is not null && !listed.Contains(entry.Key)).Select(entry => entry.Key).ToList();
        foreach (var job in jobs)
        {
            Put(job);
        }

        foreach (var job in vanished)
        {
            Lose(job);
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

    public bool HasJob(JobFact job) => _views.TryGetValue(job.Job, out var view) && view.Job?.Uid == job.Uid;

    public bool HasPod(PodFact pod) => _views.TryGetValue(pod.Job, out var view) && view.Pods.Any(known => known.Uid == pod.Uid);

    public void Put(JobFact job) => _views[job.Job] = Of(job.Job).With(job);

    public void Put(PodFact pod) => _views[pod.Job] = Of(pod.Job).With(pod);

    public void Remove(JobFact job)
    {
        if (_views.TryGetValue(job.Job, out var view) && view.Job?.Uid == job.Uid)
        {
            Lose(job.Job);
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

    /// <summary>The Job is gone. Nobody needs to know that of one that is settled: its time to live is over.</summary>
    private void Lose(JobId job)
    {
        if (_views[job].IsSettled)
        {
            _views.Remove(job);
        }
        else
        {
            _views[job] = _views[job].With(job: null);
        }
    }
}
