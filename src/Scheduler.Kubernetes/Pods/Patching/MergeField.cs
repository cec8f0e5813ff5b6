namespace Scheduler.Kubernetes.Pods.Patching;

internal enum ListStrategy
{
    Replace,
    MergeByKey,
    MergeScalars,
}

/// <summary>How one field is merged.</summary>
/// <param name="Lists">What to do if it is a list.</param>
/// <param name="Key">With <see cref="ListStrategy.MergeByKey"/>, the field that tells elements apart.</param>
/// <param name="Schema">Of the object, or of the list's elements.</param>
internal sealed record MergeField(ListStrategy Lists, string? Key, MergeSchema Schema);
