using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Selecting;

/// <summary>One comma-separated part of a field selector.</summary>
internal sealed record FieldRequirement(Func<KubeObject, string> Field, string Value, bool IsNegative)
{
    public bool Matches(KubeObject item) => (Field(item) == Value) != IsNegative;
}
