namespace Scheduler.Cluster.Tests.Formation;

/// <summary>Tests that form clusters: one after another, and nothing else meanwhile, for failure detectors do not like busy machines.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClusterCollection
{
    public const string Name = "clusters";
}
