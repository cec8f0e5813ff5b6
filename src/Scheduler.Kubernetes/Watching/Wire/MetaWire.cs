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
    AnnotationsWire? Annotations)
{
    [JsonIgnore]
    public Revision Revision => Revision.Parse(ResourceVersion);

    [JsonIgnore]
    public GrantId? Grant => GrantAnnotation.Parse(Annotations?.Grant);

    /// <summary>False when the label holds no job UUID.</summary>
    public bool TryGetJob(out JobId job) => JobId.TryParse(Labels?.JobUuid, out job);
}

internal sealed record LabelsWire(
    [property: JsonPropertyName(JobLabels.JobUuid)] string? JobUuid,
    [property: JsonPropertyName("batch.kubernetes.io/job-name")] string? JobName,
    [property: JsonPropertyName("job-name")] string? LegacyJobName);

internal sealed record AnnotationsWire([property: JsonPropertyName(JobLabels.Grant)] string? Grant);
