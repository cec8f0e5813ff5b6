using System.CommandLine;
using Scheduler.Deregistering;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler deregister</c>: before an uninstall, gives the controller's stack key back to Buildkite.</summary>
internal static class DeregisterCommand
{
    public static Command Create()
    {
        var flags = new ConfigurationFlags();
        var timeout = DurationOption.Positive("--timeout", TimeSpan.FromSeconds(10), "how long each call may take");
        var force = new Option<bool>("--force") { Description = "also while the controller runs, or when that cannot be told" };
        var command = new Command(
            "deregister",
            "Deregisters the controller's stack at Buildkite, for an uninstall: an organization has a limited number of them. Takes the flags of run; "
            + "reads the agent token from its secret. Refuses while the controller runs. Running jobs go on.")
        {
            timeout, force,
        };
        flags.AddTo(command);
        command.SetAction((result, cancellationToken) => DeregisterRun.RunAsync(
            flags.Load(result, ConfigurationUse.Look),
            new DeregisterOptions(Kubeconfig: null, result.GetValue(timeout), result.GetValue(force)),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
