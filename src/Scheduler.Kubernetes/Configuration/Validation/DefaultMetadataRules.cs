using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods.Metadata;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>
/// <c>default-metadata</c> cannot set the keys that are the controller's own. A warning only: the original lets them pass, and jobs
/// run without them.
/// </summary>
internal static class DefaultMetadataRules
{
    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        foreach (var path in ReservedMetadata.PathsIn("default-metadata", options.DefaultMetadata))
        {
            draft.Warn(path, null, ReservedMetadata.Message(path), "remove it");
        }
    }
}
