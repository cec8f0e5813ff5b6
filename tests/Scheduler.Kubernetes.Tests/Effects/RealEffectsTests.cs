using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Effects;

[Collection(RealApiServerCollection.Name)]
public sealed class RealEffectsTests(RealApiServer server) : EffectsContract(server), IRealApiServerTests;
