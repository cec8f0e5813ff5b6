using Scheduler.Sandbox.Kubernetes.Resources;

namespace Scheduler.Sandbox.Kubernetes.Storage;

/// <summary>Where an object lives. <paramref name="Namespace"/> is empty for kinds outside namespaces.</summary>
internal readonly record struct ObjectKey(ResourceType Type, string Namespace, string Name);
