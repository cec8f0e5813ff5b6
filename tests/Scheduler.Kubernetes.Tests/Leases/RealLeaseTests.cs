using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Leases;

[Collection(RealApiServerCollection.Name)]
public sealed class RealLeaseTests(RealApiServer server) : LeaseContract(server), IRealApiServerTests;
