using Scheduler.Buildkite;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Lifecycle;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Facts;
using Scheduler.Core.Lifecycle;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Cluster.Hosting;

/// <summary>What a node's actors work with: settings, and the clients of the two services.</summary>
public sealed record NodeParts
{
    public required LimiterSettings Limiter { get; init; }

    public required FetcherSettings Fetcher { get; init; }

    public required IWaitingList Buildkite { get; init; }

    /// <summary>Buildkite as the batchers see it.</summary>
    public required IStack Stack { get; init; }

    public LifecycleSettings Lifecycle { get; init; } = new();

    public required IJobEffects Effects { get; init; }

    public required IResourceWatch<JobFact> Jobs { get; init; }

    public required IResourceWatch<PodFact> Pods { get; init; }

    public WatcherSettings Watcher { get; init; } = new();

    public JobStatesSettings States { get; init; } = new();

    public NotificationsSettings Notifications { get; init; } = new();

    public required IKubernetesFacts Facts { get; init; }

    public required Func<ILimiterLease> Lease { get; init; }

    public required ClusterParts Cluster { get; init; }

    /// <summary>Makes the node's launcher; it is given the limiter, from which it claims grants, and how many nodes there are at the time.</summary>
    public required Func<Akka.Actor.IActorRef, Func<int>, IJobLauncher> Launcher { get; init; }

    public NodeMetrics Metrics { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
