using System.CommandLine;
using Scheduler.Linting;

namespace Scheduler.CommandLine;

/// <summary><c>scheduler lint</c>: what is wrong with the kubernetes plugins of pipeline files.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        // No file at all is a usage error with the original's exit code, which the parser itself does not know.
        var files = new Argument<string[]>("pipeline.yml")
        {
            Description = "pipeline file, YAML or JSON; one or more (agent-stack-k8s takes one); - reads standard input",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var config = new Option<string?>("--config", "-f")
        {
            Description = "configuration file of the controller, or values file of its Helm chart; it decides whether the plugin is allowed "
                + "and what patches may do",
        };
        var command = new Command(
            "lint",
            "Checks the kubernetes plugins of pipeline files. Exit code 0: no errors; 1: errors, or a file that cannot be read; 80: wrong usage.")
        {
            files, config,
        };
        command.SetAction((result, cancellationToken) => LintRun.RunAsync(
            new LintOptions(result.GetValue(files) ?? [], result.GetValue(config)),
            Console.In,
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }
}
