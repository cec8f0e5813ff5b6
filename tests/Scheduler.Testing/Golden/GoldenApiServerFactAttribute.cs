using Scheduler.Testing.Envtest;
using Xunit;

namespace Scheduler.Testing.Golden;

/// <summary>A test of the golden cases on a real kube-apiserver; skipped, saying why, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GoldenApiServerFactAttribute : FactAttribute
{
    public GoldenApiServerFactAttribute() => Skip =
        GoldenFolder.Path is null ? GoldenFolder.HowToGet
        : EnvtestAssets.Folder is null ? EnvtestAssets.HowToGet
        : null;
}
