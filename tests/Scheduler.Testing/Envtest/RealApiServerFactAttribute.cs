using Xunit;

namespace Scheduler.Testing.Envtest;

/// <summary>A test that needs a real kube-apiserver; it says so when there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealApiServerFactAttribute : FactAttribute
{
    public RealApiServerFactAttribute() => Skip = EnvtestAssets.Folder is null ? EnvtestAssets.HowToGet : null;
}

/// <summary>A test that needs a real kube-apiserver and the real Job controller.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealClusterFactAttribute : FactAttribute
{
    public RealClusterFactAttribute() => Skip = EnvtestAssets.HasControllerManager ? null : EnvtestAssets.HowToGet;
}

/// <inheritdoc cref="RealClusterFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealClusterTheoryAttribute : TheoryAttribute
{
    public RealClusterTheoryAttribute() => Skip = EnvtestAssets.HasControllerManager ? null : EnvtestAssets.HowToGet;
}
