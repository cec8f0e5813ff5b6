namespace Scheduler.Deploy.Tests;

/// <summary>A test that runs the stock <c>kubectl</c>; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute() => Skip = Location is null ? "kubectl is not on the PATH" : null;

    public static string? Location { get; } = Programs.Find("kubectl");
}
