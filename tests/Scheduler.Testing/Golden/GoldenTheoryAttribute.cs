using Xunit;

namespace Scheduler.Testing.Golden;

/// <summary>A test of each golden case; skipped, saying why, where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenTheoryAttribute : TheoryAttribute
{
    public GoldenTheoryAttribute() => Skip = GoldenFolder.Path is null ? GoldenFolder.HowToGet : null;
}
