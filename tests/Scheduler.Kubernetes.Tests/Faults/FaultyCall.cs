using Scheduler.Kubernetes.Events;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.PodDeletion;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Kubernetes.Tests.Faults;

/// <summary>A call of the Kubernetes client, and the request of it that goes wrong.</summary>
/// <param name="Verb">The request's verb.</param>
/// <param name="Resource">The request's resource.</param>
/// <param name="ReadsAnswer">Something is read from the answer, so that a broken one matters.</param>
/// <param name="RunAsync">Makes the call about the Job and the pod in the given place.</param>
internal sealed record FaultyCall(string Verb, string Resource, bool ReadsAnswer, Func<Place, CancellationToken, Task> RunAsync)
{
    public static IReadOnlyDictionary<string, FaultyCall> All { get; } = new Dictionary<string, FaultyCall>
    {
        ["read a Job"] = new("get", "jobs", true, (place, token) => place.Jobs.ReadAsync(place.Job, token)),
        ["list Jobs"] = new("list", "jobs", true, (place, token) => place.Jobs.ListAsync(token)),
        ["delete a Job"] = new("delete", "jobs", false, (place, token) => place.Jobs.DeleteAsync(place.Job, place.JobUid, token)),
        ["set a deadline: read"] = new("get", "jobs", true, SetDeadlineAsync),
        ["set a deadline: update"] = new("update", "jobs", false, SetDeadlineAsync),
        ["delete a pod"] = new("delete", "pods", false, (place, token) =>
            new KubernetesPods(place.Client, place.Ns, time: place.Time).DeleteAsync(place.Pod, place.PodUid, asSeen: null, token)),
        ["list events"] = new("list", "events", true, (place, token) =>
            new KubernetesEvents(place.Client, place.Ns, time: place.Time).ListAsync(place.Job, token)),
        ["list pods"] = new("list", "pods", true, (place, token) => Pods(place).ListAsync(token)),
        ["watch Jobs"] = new("watch", "jobs", true, (place, token) =>
            FirstAsync(ResourceFeeds.Jobs(place.Client, place.Ns, JobSelector.For(""), place.Time), token)),
        ["watch pods"] = new("watch", "pods", true, (place, token) => FirstAsync(Pods(place), token)),
    };

    private static IResourceFeed<Core.Facts.PodFact> Pods(Place place) =>
        ResourceFeeds.Pods(place.Client, place.Ns, JobSelector.For(""), place.Time);

    private static Task<bool> SetDeadlineAsync(Place place, CancellationToken cancellationToken) =>
        place.Jobs.SetDeadlineAsync(place.Job, place.JobUid, TimeSpan.FromSeconds(60), cancellationToken);

    private static async Task FirstAsync<T>(IResourceFeed<T> feed, CancellationToken cancellationToken)
    {
        await foreach (var _ in feed.WatchAsync(new Core.Identity.Revision(1), TimeSpan.FromMinutes(1), cancellationToken))
        {
            return;
        }
    }
}

/// <summary>Where a call is made: a namespace with one Job and one pod.</summary>
internal sealed record Place(k8s.Kubernetes Client, string Ns, string Job, string JobUid, string Pod, string PodUid, TimeProvider Time)
{
    public KubernetesJobs Jobs { get; } = new(Client, Ns, JobSelector.For(""), time: Time);
}
