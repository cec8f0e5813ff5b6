using Microsoft.Extensions.Logging;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite;

internal sealed partial class Stack
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Stack {Stack} was not registered any more")]
    private partial void LogAlreadyDeregistered(string stack);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} listed jobs have no readable id and are left out")]
    private partial void LogUnusableJobs(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} was not ended by us: {Reason}")]
    private partial void LogFinishRefused(JobId job, string reason);
}
