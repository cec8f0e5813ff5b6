using System.Collections.Immutable;
using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Launching;

/// <summary>Builds the Kubernetes Job of a Buildkite job.</summary>
public interface IJobFactory
{
    /// <summary>The Job, named after the Buildkite job and annotated with the grant; or why there can be none.</summary>
    /// <exception cref="HttpRequestException">Something needed from Kubernetes (a pod template) cannot be read now.</exception>
    Task<BuiltJob> BuildAsync(BuildkiteJob job, Run run, CancellationToken cancellationToken);

    /// <summary>The name the job's Kubernetes Job has.</summary>
    string NameOf(Core.Identity.JobId job);
}

/// <summary>What <see cref="IJobFactory"/> made.</summary>
/// <param name="Job">The Kubernetes Job; null when it cannot be built.</param>
/// <param name="Problem">Why not, for the author of the pipeline; null when it was built.</param>
public sealed record BuiltJob(V1Job? Job, string? Problem)
{
    /// <summary>What looks like a mistake in the job's definition; for its author.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
