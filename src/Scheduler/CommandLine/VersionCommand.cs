using System.CommandLine;
using System.Reflection;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>The build's version, as also sent to Buildkite in the user agent.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "devel";

    public static Command Create()
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(result => result.InvocationConfiguration.Output.WriteLine(Version));
        return command;
    }
}
