using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;

namespace Scheduler.Cluster.Hosting;

/// <summary>What a node's actors work with: settings, and the clients of the two services.</summary>
public sealed record NodeParts
{
    public required LimiterSettings Limiter { get; init; }

    public required FetcherSettings Fetcher { get; init; }

    public required IWaitingList Buildkite { get; init; }

    public required IJobWatch Watch { get; init; }

    public required IKubernetesFacts Facts { get; init; }

    public required Func<ILimiterLease> Lease { get; init; }

    /// <summary>Makes the node's launcher; it is given the limiter, from which it claims grants.</summary>
    public required Func<Akka.Actor.IActorRef, IJobLauncher> Launcher { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
