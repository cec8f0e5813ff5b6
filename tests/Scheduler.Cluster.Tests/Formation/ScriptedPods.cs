using System.Collections.Immutable;
using Scheduler.Cluster.Formation;

namespace Scheduler.Cluster.Tests.Formation;

/// <summary>Pods as the test wants them to be.</summary>
internal sealed class ScriptedPods(ImmutableArray<SchedulerPod> pods) : IPodSource
{
    private volatile IReadOnlyList<SchedulerPod> _pods = pods;

    public ImmutableArray<SchedulerPod> Pods
    {
        set => _pods = value;
    }

    public Task<ImmutableArray<SchedulerPod>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(_pods.ToImmutableArray());
}
