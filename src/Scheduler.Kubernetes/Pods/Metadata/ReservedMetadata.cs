using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Naming;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Metadata;

/// <summary>What of somebody's labels and annotations is not taken, because its keys are <see cref="ReservedKeys"/>.</summary>
internal static class ReservedMetadata
{
    /// <summary>The rest.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Without(IEnumerable<KeyValuePair<string, string>> given) =>
        given.Where(entry => !ReservedKeys.Contains(entry.Key));

    /// <summary>The paths of all that is left out, in order.</summary>
    /// <param name="path">Where <paramref name="given"/> stands.</param>
    /// <param name="given">Null = nothing.</param>
    public static IEnumerable<string> PathsIn(string path, MetadataParams? given) =>
        given is null ? [] : PathsIn($"{path}.labels", given.Labels.Keys).Concat(PathsIn($"{path}.annotations", given.Annotations.Keys));

    /// <summary>To the author.</summary>
    public static string Message(string path) => $"{path} has no effect: this key is set by the controller alone";

    private static IEnumerable<string> PathsIn(string path, IEnumerable<string> keys) =>
        keys.Where(ReservedKeys.Contains).Order(StringComparer.Ordinal).Select(key => FragmentText.Child(path, key));
}
