using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Jobs;

/// <summary>All tests of this assembly on a real API server share one.</summary>
[CollectionDefinition(Name)]
public sealed class RealApiServerCollection : ICollectionFixture<RealApiServer>
{
    public const string Name = "real API server";
}
