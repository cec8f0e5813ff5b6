using Akka.Hosting;
using Scheduler.Cluster.Batching;

namespace Scheduler.Cluster.Hosting;

/// <summary>The node's own actors, which gather what its job actors ask of Buildkite.</summary>
internal static class NodeBatchers
{
    /// <summary>Starts and registers them; what is left of the notifications is sent before the actor system ends.</summary>
    public static AkkaConfigurationBuilder WithBatchers(this AkkaConfigurationBuilder builder, NodeParts parts) =>
        builder.WithActors((system, registry) =>
        {
            registry.Register<JobStates>(system.ActorOf(JobStates.Props(parts.Stack, parts.States, parts.Time, parts.Metrics.Calls), "job-states"));
            var notifications = system.ActorOf(Notifications.Props(parts.Stack, parts.Notifications, parts.Time, parts.Metrics.Calls), "notifications");
            registry.Register<Notifications>(notifications);
            ShutdownFlush.Add(system, notifications, parts.Notifications.ShutdownPatience);
        });
}
