namespace Scheduler.Kubernetes.Pods.Patching;

/// <summary>A patch that cannot be merged.</summary>
internal sealed class MergeException(string message) : Exception(message);
