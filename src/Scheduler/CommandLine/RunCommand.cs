using System.CommandLine;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Running;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler run</c>: the controller.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var flags = new ConfigurationFlags();
        var command = new Command("run", "Runs the controller until it is interrupted.");
        flags.AddTo(command);
        command.SetAction((result, cancellationToken) => ControllerRun.RunAsync(
            flags.Load(result, ConfigurationUse.Node), result.InvocationConfiguration.Error, cancellationToken));
        return command;
    }
}
