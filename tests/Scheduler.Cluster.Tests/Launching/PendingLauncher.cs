using Scheduler.Cluster.Launching;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>Launches that end when and how the test says.</summary>
internal sealed class PendingLauncher : IJobLauncher
{
    public List<TaskCompletionSource<LaunchOutcome>> Launches { get; } = [];

    public Task<LaunchOutcome> LaunchAsync(Run run, CancellationToken cancellationToken)
    {
        Launches.Add(new TaskCompletionSource<LaunchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        return Launches[^1].Task;
    }
}
