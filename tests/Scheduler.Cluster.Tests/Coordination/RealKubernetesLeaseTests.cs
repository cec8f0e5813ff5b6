using Scheduler.Testing.Envtest;

namespace Scheduler.Cluster.Tests.Coordination;

public sealed class RealKubernetesLeaseTests(RealApiServer server)
    : KubernetesLeaseContract(server), IClassFixture<RealApiServer>, IRealApiServerTests;
