using System.CommandLine;
using Scheduler.CommandLine;
using Scheduler.Core.Proxies;

// For every HTTP client of the process. .NET's own reading of these variables knows no networks, ports or * in NO_PROXY.
HttpClient.DefaultProxy = EnvironmentProxy.Read(Environment.GetEnvironmentVariable);

// The default of two seconds would end the process in the middle of a hand-over.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60), EnableDefaultExceptionHandler = false };
try
{
    return await SchedulerCommand.Create().Parse(args).InvokeAsync(invocation);
}
catch (Exception error)
{
    // Its words may be somebody else's, as all others that are printed.
    await Console.Error.LinesAsync($"this should not have happened: {error}");
    return ExitCode.Failure;
}
