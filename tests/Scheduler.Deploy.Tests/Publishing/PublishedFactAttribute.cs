namespace Scheduler.Deploy.Tests.Publishing;

/// <summary>A test of the published program; it says so when there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedFactAttribute : FactAttribute
{
    private const string Variable = "SCHEDULER_PUBLISHED";

    public PublishedFactAttribute() => Skip = Location is null
        ? $"nothing published: run dotnet publish src/Scheduler -o FOLDER and export {Variable}=FOLDER"
        : null;

    /// <summary>The program in the folder that <c>dotnet publish</c> wrote; null when there is none.</summary>
    public static string? Location { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder && File.Exists(Path.Combine(folder, "scheduler"))
            ? Path.GetFullPath(Path.Combine(folder, "scheduler"))
            : null;
}
