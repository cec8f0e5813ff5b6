using System.CommandLine;
using Scheduler.CommandLine;

// The default of two seconds would end the process in the middle of a hand-over.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) };
return await SchedulerCommand.Create().Parse(args).InvokeAsync(invocation);
