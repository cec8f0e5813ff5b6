namespace Scheduler.Testing.Envtest;

/// <summary>Marks a class that runs contract tests on a real API server: they are skipped where there is none.</summary>
// A marker is what xunit's discovery can see.
#pragma warning disable CA1040
public interface IRealApiServerTests;
#pragma warning restore CA1040
