using System.CommandLine;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler reference</c>: all configuration keys, as in the repository's <c>deploy/CONFIGURATION.md</c>.</summary>
internal static class ReferenceCommand
{
    public static Command Create()
    {
        var command = new Command("reference", "Prints the reference of all configuration keys, in Markdown.");
        command.SetAction(result => result.InvocationConfiguration.Output.Write(ConfigurationReference.Markdown()));
        return command;
    }
}
