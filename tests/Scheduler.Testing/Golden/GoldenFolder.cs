using System.Runtime.CompilerServices;

namespace Scheduler.Testing.Golden;

/// <summary>
/// Where the golden cases are: the folder in SCHEDULER_GOLDEN, else ../shared/golden beside the repository. They are not part of
/// the repository.
/// </summary>
public static class GoldenFolder
{
    private const string InputSuffix = ".input.json";

    /// <summary>Why tests of the golden cases are skipped.</summary>
    public const string HowToGet = "no golden cases: set SCHEDULER_GOLDEN or place them at ../shared/golden";

    /// <summary>Null when there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>The cases' names, sorted; none without the folder.</summary>
    public static IEnumerable<string> Names() => Path is null
        ? []
        : Directory.EnumerateFiles(Path, "*" + InputSuffix)
            .Select(file => System.IO.Path.GetFileName(file)[..^InputSuffix.Length])
            .Order(StringComparer.Ordinal);

    /// <summary>The input of a case, in JSON.</summary>
    public static string Input(string name) => File.ReadAllText(System.IO.Path.Combine(Path!, name + InputSuffix));

    /// <summary>What the original made of it, in JSON.</summary>
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
