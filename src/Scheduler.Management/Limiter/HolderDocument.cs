using Scheduler.Cluster.Limiter;

namespace Scheduler.Management.Limiter;

/// <summary>Who holds a token.</summary>
/// <param name="Job">The Buildkite job.</param>
/// <param name="State">granted, running (its Kubernetes Job is unfinished) or confirming (a grant ran out, Kubernetes is asked).</param>
/// <param name="Grant">As epoch/number, of one that ran out; absent before, since whoever knows it could forge a Job for it, and for readers without a token.</param>
/// <param name="AgeSeconds">How long the present limiter has known it.</param>
internal sealed record HolderDocument(string Job, string State, string? Grant, double AgeSeconds)
{
    public static HolderDocument Of(HolderStatus holder) => new(
        holder.Job.ToString(),
        holder.IsUnconfirmed ? "confirming" : holder.IsRunning ? "running" : "granted",
        holder.IsUnconfirmed ? holder.Grant?.ToString() : null,
        Math.Round(holder.Age.TotalSeconds, 1));
}
