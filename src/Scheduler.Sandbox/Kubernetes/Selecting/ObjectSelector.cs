using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Selecting;

/// <summary>Which objects a list or a watch is about.</summary>
/// <param name="Namespace">Null for all.</param>
/// <param name="Labels">By label.</param>
/// <param name="Fields">By field.</param>
internal sealed record ObjectSelector(string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    public bool Matches(KubeObject item) =>
        (Namespace is null || Namespace == item.Meta.Namespace) && Labels.Matches(item.Meta.Labels) && Fields.Matches(item);
}
