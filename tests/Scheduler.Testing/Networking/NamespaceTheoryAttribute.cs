using Xunit;

namespace Scheduler.Testing.Networking;

/// <summary>Needs network namespaces of its own.</summary>
public sealed class NamespaceTheoryAttribute : TheoryAttribute
{
    public NamespaceTheoryAttribute() => Skip = Environment.IsPrivilegedProcess && IsInstalled ? null : "needs root on Linux, and iproute2";

    private static bool IsInstalled => Environment.GetEnvironmentVariable("PATH")?.Split(':').Any(folder => File.Exists(Path.Combine(folder, "ip"))) ?? false;
}
