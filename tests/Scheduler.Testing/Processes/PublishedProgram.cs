namespace Scheduler.Testing.Processes;

/// <summary>
/// What <c>dotnet publish src/Scheduler</c> wrote: self-contained, compiled ahead of time and trimmed, as the image holds it. Where
/// there is one, every test that runs the scheduler as a process runs this one.
/// </summary>
public static class PublishedProgram
{
    /// <summary>The environment variable with the folder's path.</summary>
    public const string Variable = "SCHEDULER_PUBLISHED";

    /// <summary>The program; null when none is named or the folder has none.</summary>
    public static string? Location { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "scheduler"))
            ? Path.GetFullPath(Path.Combine(folder, "scheduler"))
            : null;
}
