using Scheduler.CommandLine;

return await SchedulerCommand.Create().Parse(args).InvokeAsync();
