namespace Scheduler.Kubernetes.Watching.Wire;

internal sealed record JobWire(MetaWire? Metadata, JobSpecWire? Spec, JobStatusWire? Status) : IWireObject;

internal sealed record JobSpecWire(long? ActiveDeadlineSeconds);

internal sealed record JobStatusWire(
    int? Active,
    int? Failed,
    int? Succeeded,
    int? Terminating,
    DateTimeOffset? StartTime,
    UncountedPodsWire? UncountedTerminatedPods,
    IReadOnlyList<ConditionWire>? Conditions);

internal sealed record UncountedPodsWire(IReadOnlyList<string>? Failed, IReadOnlyList<string>? Succeeded)
{
    public int Count => (Failed?.Count ?? 0) + (Succeeded?.Count ?? 0);
}
