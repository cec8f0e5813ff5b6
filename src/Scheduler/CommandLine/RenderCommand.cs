using System.CommandLine;
using Scheduler.Kubernetes.Configuration;
using Scheduler.Rendering;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler render</c>: the Kubernetes Job a job would get.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var flags = new ConfigurationFlags();
        var job = new Option<string>("--job") { Description = "job document (JSON); - reads standard input", DefaultValueFactory = _ => "-" };
        var templates = new Option<string[]>("--pod-template") { Description = "file of a pod template; repeatable" };
        var format = new Option<string>("--output", "-o") { Description = "yaml or json", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var batch = new Option<bool>("--batch") { Description = "one document a line, one compact JSON result a line" };

        var command = new Command("render", "Prints the Kubernetes Job that a Buildkite job would get.") { job, templates, format, batch };
        flags.AddTo(command);
        command.SetAction((result, cancellationToken) => RenderRun.RunAsync(
            flags.Load(result, ConfigurationUse.Look),
            new RenderOptions(
                result.GetRequiredValue(job), result.GetValue(templates) ?? [], result.GetValue(format) == "json", result.GetValue(batch)),
            Console.In,
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
