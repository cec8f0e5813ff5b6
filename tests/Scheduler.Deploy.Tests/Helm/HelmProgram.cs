namespace Scheduler.Deploy.Tests.Helm;

/// <summary>Where helm is: <c>SCHEDULER_HELM</c>, else what <c>tests/helm.sh</c> has prepared.</summary>
internal static class HelmProgram
{
    public const string HowToGet = "no helm found: run export SCHEDULER_HELM=$(tests/helm.sh)";

    /// <summary>Null when there is none.</summary>
    public static string? Location { get; } = new[]
    {
        Environment.GetEnvironmentVariable("SCHEDULER_HELM"),
        Path.Combine(CacheHome, "scheduler-helm", "helm"),
    }.FirstOrDefault(file => !string.IsNullOrEmpty(file) && File.Exists(file));

    /// <summary>Runs helm; values may be given as standard input to <c>-f -</c>.</summary>
    public static Task<ProgramResult> RunAsync(string input, params string[] arguments) =>
        Programs.RunAsync(Location ?? throw new InvalidOperationException(HowToGet), input, arguments);

    private static string CacheHome =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
