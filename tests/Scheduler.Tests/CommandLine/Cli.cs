using System.CommandLine;
using Scheduler.CommandLine;

namespace Scheduler.Tests.CommandLine;

/// <summary>The program's command line, run in this process.</summary>
internal static class Cli
{
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var invocation = new InvocationConfiguration { Output = output, Error = errors };
        var exitCode = await SchedulerCommand.Create().Parse(arguments).InvokeAsync(invocation, cancellationToken);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
