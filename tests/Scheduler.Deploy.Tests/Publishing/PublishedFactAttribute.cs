using Scheduler.Testing.Processes;

namespace Scheduler.Deploy.Tests.Publishing;

/// <summary>A test of the published program; it says so when there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedFactAttribute : FactAttribute
{
    public PublishedFactAttribute() => Skip = PublishedProgram.Location is null
        ? $"nothing published: run dotnet publish src/Scheduler -o FOLDER and export {PublishedProgram.Variable}=FOLDER"
        : null;
}
