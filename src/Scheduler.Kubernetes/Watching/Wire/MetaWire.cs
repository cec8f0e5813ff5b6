using System.Text.Json.Serialization;
using Scheduler.Core.Identity;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Naming;

namespace Scheduler.Kubernetes.Watching.Wire;

internal sealed record MetaWire(
    string? Name,
    string? Uid,
    string? ResourceVersion,
    DateTimeOffset? CreationTimestamp,
    DateTimeOffset? DeletionTimestamp,
    LabelsWire? Labels,
    AnnotationsWire? Annotations,
    IReadOnlyList<OwnerWire>? OwnerReferences)
{
    [JsonIgnore]
    public Revision Revision => Revision.Parse(ResourceVersion);

    [JsonIgnore]
    public GrantId? Grant => GrantAnnotation.Parse(Annotations?.Grant);

    /// <summary>UID of the Job that controls this object; null when none does.</summary>
    [JsonIgnore]
    public string? OwnerJob => OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { Kind: "Job", ApiVersion: "batch/v1" } job
        ? job.Uid
        : null;

    /// <summary>False when the label holds no job UUID.</summary>
    public bool TryGetJob(out JobId job) => JobId.TryParse(Labels?.JobUuid, out job);
}

internal sealed record LabelsWire([property: JsonPropertyName(JobLabels.JobUuid)] string? JobUuid);

internal sealed record OwnerWire(string? ApiVersion, string? Kind, string? Uid, bool? Controller);

internal sealed record AnnotationsWire([property: JsonPropertyName(JobLabels.Grant)] string? Grant);
