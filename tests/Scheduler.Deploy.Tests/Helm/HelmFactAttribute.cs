using Scheduler.Testing.Envtest;

namespace Scheduler.Deploy.Tests.Helm;

/// <summary>A test that needs helm; it says so when there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute() => Skip = HelmProgram.Location is null ? HelmProgram.HowToGet : null;
}

/// <summary>The same for a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HelmTheoryAttribute : TheoryAttribute
{
    public HelmTheoryAttribute() => Skip = HelmProgram.Location is null ? HelmProgram.HowToGet : null;
}

/// <summary>A test that needs helm and a real kube-apiserver.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HelmAndApiServerFactAttribute : FactAttribute
{
    public HelmAndApiServerFactAttribute() =>
        Skip = HelmProgram.Location is null ? HelmProgram.HowToGet : ControlPlane.IsAvailable ? null : EnvtestAssets.HowToGet;
}

/// <summary>A table of cases that needs helm, a real kube-apiserver and the real Job controller.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HelmAndClusterTheoryAttribute : TheoryAttribute
{
    public HelmAndClusterTheoryAttribute() =>
        Skip = HelmProgram.Location is null ? HelmProgram.HowToGet : EnvtestAssets.HasControllerManager ? null : EnvtestAssets.HowToGet;
}
