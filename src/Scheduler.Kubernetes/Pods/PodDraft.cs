using k8s.Models;

namespace Scheduler.Kubernetes.Pods;

/// <summary>
/// A pod spec under construction. The spec and its lists are our own copies; what the lists hold belongs to the inputs and is
/// replaced, never changed.
/// </summary>
internal sealed class PodDraft
{
    private PodDraft(V1PodSpec spec) => Spec = spec;

    public V1PodSpec Spec { get; private set; }

    public IList<V1Container> Containers => Spec.Containers;

    public IList<V1Container> InitContainers => Spec.InitContainers;

    public IList<V1Volume> Volumes => Spec.Volumes;

    public static PodDraft From(V1PodSpec source) => new(Own(source));

    /// <summary>Goes on with what a patch made of the spec.</summary>
    public void Replace(V1PodSpec spec) => Spec = Own(spec);

    public void AddVolumes(IEnumerable<V1Volume> volumes)
    {
        foreach (var volume in volumes)
        {
            Volumes.Add(volume);
        }
    }

    public void RewriteContainers(Func<V1Container, V1Container> rewrite) => Rewrite(Containers, rewrite);

    public void RewriteAllContainers(Func<V1Container, V1Container> rewrite)
    {
        Rewrite(InitContainers, rewrite);
        Rewrite(Containers, rewrite);
    }

    private static V1PodSpec Own(V1PodSpec source) => source with
    {
        Containers = [.. source.Containers ?? []],
        InitContainers = [.. source.InitContainers ?? []],
        Volumes = [.. source.Volumes ?? []],
    };

    private static void Rewrite(IList<V1Container> containers, Func<V1Container, V1Container> rewrite)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            containers[i] = rewrite(containers[i]);
        }
    }
}
