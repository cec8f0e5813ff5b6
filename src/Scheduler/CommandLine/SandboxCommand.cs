using System.CommandLine;
using Scheduler.Demo;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler sandbox</c>: Buildkite and Kubernetes alone, for a scheduler or <c>kubectl</c> to work against.</summary>
internal static class SandboxCommand
{
    public static Command Create()
    {
        var buildkitePort = Port("--buildkite-port", "port of the Buildkite API; 0 = any free one");
        var kubernetesPort = Port("--kubernetes-port", "port of the Kubernetes API; 0 = any free one");
        var jobs = new Option<int>("--jobs") { Description = "Buildkite jobs waiting at the start" };
        var duration = DurationOption.Create("--job-duration", TimeSpan.FromSeconds(5), "how long each job runs");
        var kubeconfig = new Option<FileInfo?>("--kubeconfig") { Description = "where to write the kubeconfig; a temporary file if absent" };

        var command = new Command("sandbox", "Serves a Buildkite and a Kubernetes API until interrupted.")
        {
            buildkitePort, kubernetesPort, jobs, duration, kubeconfig,
        };
        command.SetAction((result, cancellationToken) => SandboxRun.RunAsync(
            new SandboxOptions
            {
                BuildkitePort = result.GetValue(buildkitePort),
                KubernetesPort = result.GetValue(kubernetesPort),
                Jobs = result.GetValue(jobs),
                JobDuration = result.GetValue(duration),
                Kubeconfig = result.GetValue(kubeconfig)?.FullName,
                UseTls = true,
            },
            result.InvocationConfiguration.Output,
            cancellationToken));
        return command;
    }

    private static Option<int> Port(string name, string description)
    {
        var option = new Option<int>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError($"{name}: {result.GetValueOrDefault<int>()} is no port; use 0 to 65535");
            }
        });
        return option;
    }
}
