using System.Runtime.CompilerServices;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>
/// Where the golden cases are: the folder in SCHEDULER_GOLDEN, else ../shared/golden beside the repository. They are not part of
/// the repository.
/// </summary>
internal static class GoldenFolder
{
    private const string InputSuffix = ".input.json";

    public static string? Path { get; } = Find();

    public static IEnumerable<string> Names() => Path is null
        ? []
        : Directory.EnumerateFiles(Path, "*" + InputSuffix)
            .Select(file => System.IO.Path.GetFileName(file)[..^InputSuffix.Length])
            .Order(StringComparer.Ordinal);

    public static string Input(string name) => File.ReadAllText(System.IO.Path.Combine(Path!, name + InputSuffix));

    public static string Expected(string name) => File.ReadAllText(System.IO.Path.Combine(Path!, name + ".expected.json"));

    private static string? Find()
    {
        var chosen = Environment.GetEnvironmentVariable("SCHEDULER_GOLDEN");
        var folder = string.IsNullOrEmpty(chosen) ? BesideRepository(AppContext.BaseDirectory) ?? BesideRepository(ThisFile()) : chosen;
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>For builds whose output is outside of the repository.</summary>
    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static string? BesideRepository(string inside)
    {
        for (var folder = new DirectoryInfo(inside); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Scheduler.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, "..", "shared", "golden");
            }
        }

        return null;
    }
}
