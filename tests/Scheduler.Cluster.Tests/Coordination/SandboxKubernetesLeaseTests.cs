using Scheduler.Testing.Envtest;

namespace Scheduler.Cluster.Tests.Coordination;

public sealed class SandboxKubernetesLeaseTests(SandboxApiServer server) : KubernetesLeaseContract(server), IClassFixture<SandboxApiServer>;
