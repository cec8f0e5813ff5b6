using Xunit;
using Xunit.Sdk;

namespace Scheduler.Testing.Envtest;

/// <summary>
/// A test in an abstract class that runs once for each API server. In a class marked with <see cref="IRealApiServerTests"/>
/// it is skipped, saying why, when there is no real one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Scheduler.Testing.Envtest.ContractFactDiscoverer", "Scheduler.Testing")]
public sealed class ContractFactAttribute : FactAttribute;
