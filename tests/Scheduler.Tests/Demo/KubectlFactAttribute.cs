namespace Scheduler.Tests.Demo;

/// <summary>A test that runs the stock <c>kubectl</c>; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "kubectl"))))
        {
            Skip = "kubectl is not on the PATH";
        }
    }
}
