using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>Lays a patch over a pod spec: guards first, then a strategic merge (pod-building.md §12, §13).</summary>
internal static class PodSpecPatcher
{
    /// <param name="pod">What to patch; not changed.</param>
    /// <param name="patch">The patch; not changed.</param>
    /// <param name="source">Where the patch is from, for the message.</param>
    /// <param name="interposer">How a patched command becomes one text.</param>
    /// <param name="allowUnsafe">Our own containers' commands may be patched too.</param>
    /// <exception cref="PodProblemException">The patch cannot be applied.</exception>
    public static V1PodSpec Apply(V1PodSpec pod, V1PodSpec patch, string source, Interposer interposer, bool allowUnsafe)
    {
        try
        {
            var guarded = new CommandGuard(pod, interposer, allowUnsafe).Rewrite(patch);
            return Read(Merge(GoJson.Write(pod), GoJson.Write(guarded)));
        }
        catch (MergeException e)
        {
            throw PodProblemException.InBuilding($"failed to apply podSpec patch from {source}: {e.Message}");
        }
    }

    private static JsonObject Merge(JsonObject pod, JsonObject patch)
    {
        try
        {
            return StrategicMerge.Merge(pod, patch, MergeSchema.PodSpec);
        }
        catch (MergeException e)
        {
            throw new MergeException($"error applying strategic patch: {e.Message}");
        }
    }

    private static V1PodSpec Read(JsonObject patched)
    {
        try
        {
            return KubernetesJson.Deserialize<V1PodSpec>(patched.ToJsonString());
        }
        catch (JsonException e)
        {
            throw new MergeException($"error converting patched JSON to PodSpec: {e.Message}");
        }
    }
}
