using System.Collections.Immutable;
using k8s.Models;

namespace Scheduler.Kubernetes.Pods;

/// <summary>What became of an attempt to build a Job.</summary>
/// <param name="Warnings">For the log: what was left out or looks like a mistake. Never a reason to fail the job.</param>
public abstract record BuildResult(ImmutableArray<string> Warnings)
{
    /// <param name="Job">To be created as it is. It shares parts with the inputs, so nothing below its metadata may be changed.</param>
    /// <param name="Warnings">See <see cref="BuildResult"/>.</param>
    public sealed record Built(V1Job Job, ImmutableArray<string> Warnings) : BuildResult(Warnings);

    /// <param name="Message">For the author of the pipeline: the detail to finish the Buildkite job with.</param>
    /// <param name="Warnings">See <see cref="BuildResult"/>.</param>
    public sealed record Failed(string Message, ImmutableArray<string> Warnings) : BuildResult(Warnings);
}
