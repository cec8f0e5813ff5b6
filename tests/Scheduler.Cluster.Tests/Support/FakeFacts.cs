using System.Collections.Concurrent;
using Scheduler.Cluster.Limiter;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>A Kubernetes that shows what the test put there, when the test lets it answer.</summary>
internal sealed class FakeFacts : IKubernetesFacts
{
    public ConcurrentQueue<TaskCompletionSource<Snapshot>> Lists { get; } = new();

    public ConcurrentDictionary<JobId, KubernetesJobState> States { get; } = new();

    public ConcurrentQueue<JobId> Confirmations { get; } = new();

    /// <summary>Confirmations wait for this.</summary>
    public Task Readable { get; set; } = Task.CompletedTask;

    /// <summary>Null: lists wait until the test completes them through <see cref="Lists"/>.</summary>
    public Snapshot? ListAnswer { get; set; } = new([], new Revision(1));

    public Task<Snapshot> ListUnfinishedAsync(CancellationToken cancellationToken)
    {
        if (ListAnswer is { } answer)
        {
            return Task.FromResult(answer);
        }

        var pending = new TaskCompletionSource<Snapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        Lists.Enqueue(pending);
        return pending.Task;
    }

    public async Task<Confirmed> ConfirmAsync(JobId job, CancellationToken cancellationToken)
    {
        Confirmations.Enqueue(job);
        await Readable.WaitAsync(cancellationToken);
        var state = States.GetValueOrDefault(job, KubernetesJobState.Absent);
        return new Confirmed(job, state, new Revision(100), null);
    }
}
