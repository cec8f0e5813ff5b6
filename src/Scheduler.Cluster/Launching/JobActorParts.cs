using Akka.Actor;
using Scheduler.Cluster.Lifecycle;
using Scheduler.Cluster.Metrics;
using Scheduler.Core.Lifecycle;

namespace Scheduler.Cluster.Launching;

/// <summary>What all job actors of a node share.</summary>
public sealed record JobActorParts
{
    public required IJobLauncher Launcher { get; init; }

    public required IJobEffects Effects { get; init; }

    public required IActorRef Limiter { get; init; }

    public required IActorRef Fetcher { get; init; }

    /// <summary>This node's <see cref="Batching.JobStates"/>.</summary>
    public required IActorRef States { get; init; }

    /// <summary>This node's <see cref="Batching.Notifications"/>.</summary>
    public required IActorRef Notifications { get; init; }

    public LifecycleSettings Settings { get; init; } = new();

    public LifecycleGauges Gauges { get; init; } = new(new NodeMetrics());

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
