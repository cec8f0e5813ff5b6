using k8s;
using Scheduler.Core.Facts;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Watching;

/// <summary>The feeds of this program.</summary>
public static class ResourceFeeds
{
    /// <summary>This controller's Jobs.</summary>
    /// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="selector">Which objects are ours: <see cref="JobSelector"/>.</param>
    /// <param name="time">Measures silence.</param>
    /// <param name="strangers">Is told of objects that are not believed; null = nobody is.</param>
    public static IResourceFeed<JobFact> Jobs(IKubernetes client, string ns, string selector, TimeProvider time, Strangers? strangers = null) =>
        new ResourceFeed<JobWire, JobFact>(
            new ApiClient(client),
            new ResourceShape<JobWire, JobFact>(ApiResource.Jobs, WireJson.Default.ListWireJobWire, WireJson.Default.EventWireJobWire, JobReading.Read),
            ns,
            selector,
            time,
            strangers);

    /// <summary>This controller's pods; the parameters are those of <see cref="Jobs"/>.</summary>
    public static IResourceFeed<PodFact> Pods(IKubernetes client, string ns, string selector, TimeProvider time, Strangers? strangers = null) =>
        new ResourceFeed<PodWire, PodFact>(
            new ApiClient(client),
            new ResourceShape<PodWire, PodFact>(ApiResource.Pods, WireJson.Default.ListWirePodWire, WireJson.Default.EventWirePodWire, PodReading.Read),
            ns,
            selector,
            time,
            strangers);
}
