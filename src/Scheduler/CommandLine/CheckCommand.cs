using System.CommandLine;
using k8s;
using Scheduler.Checking;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler check</c>: whether <c>scheduler run</c> would work, and what it would do.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var flags = new ConfigurationFlags();
        var timeout = DurationOption.Positive("--timeout", TimeSpan.FromSeconds(10), "how long each call may take");
        var json = new Option<bool>("--json") { Description = "one JSON document instead of lines" };
        var command = new Command(
            "check",
            "Checks configuration, Kubernetes, permissions and Buildkite as run would find them, and says what run would do. Changes and registers "
            + "nothing. Permissions are those of the account it runs as. Exit code 0: nothing failed.")
        {
            timeout, json,
        };
        flags.AddTo(command);
        command.SetAction((result, cancellationToken) => CheckRun.RunAsync(
            flags.Load(result, ConfigurationUse.Look),
            new CheckOptions(Kubeconfig: null, result.GetValue(timeout), result.GetValue(json)) { InPod = KubernetesClientConfiguration.IsInCluster() },
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
