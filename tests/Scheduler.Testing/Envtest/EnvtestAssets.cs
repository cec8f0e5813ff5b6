namespace Scheduler.Testing.Envtest;

/// <summary>Where the control plane's programs are: <c>KUBEBUILDER_ASSETS</c>, else what <c>tests/envtest.sh</c> has prepared.</summary>
public static class EnvtestAssets
{
    public const string HowToGet = "no kube-apiserver found: run export KUBEBUILDER_ASSETS=$(tests/envtest.sh)";

    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = new[]
    {
        Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS"),
        Path.Combine(CacheHome, "scheduler-envtest", "bin"),
    }.FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "kube-apiserver")) && File.Exists(Path.Combine(folder, "etcd")));

    /// <summary>The Job controller is there too; released envtest archives lack it.</summary>
    public static bool HasControllerManager => Folder is not null && File.Exists(Path.Combine(Folder, "kube-controller-manager"));

    /// <summary>Debian's 1.20: what is newer it drops or refuses.</summary>
    public static bool IsOld { get; } = Folder is not null && IsOldServer(Folder);

    /// <summary>What every current server does by itself, an old one must be told; a current one does not know the names any more.</summary>
    internal static string FeatureGates => IsOld ? "--feature-gates=TTLAfterFinished=true,GenericEphemeralVolume=true" : "--feature-gates=";

    private static bool IsOldServer(string folder)
    {
        using var version = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(Path.Combine(folder, "kube-apiserver"), "--version") { RedirectStandardOutput = true })!;
        return !System.Text.RegularExpressions.Regex.IsMatch(version.StandardOutput.ReadToEnd(), @"v1\.(2[3-9]|[3-9]\d)");
    }

    private static string CacheHome =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
