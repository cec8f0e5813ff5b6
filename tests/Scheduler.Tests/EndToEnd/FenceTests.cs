using k8s;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubernetes.Faults;

namespace Scheduler.Tests.EndToEnd;

/// <summary>
/// A create that is held back on its way for so long that its token has been given to another job. The request's own time-out,
/// which the API server counts from the arrival, does not help: only the fence does.
/// </summary>
public sealed class FenceTests
{
    private const string Lease = "agent-stack-k8s-limiter";

    private const string Configuration =
        """
        max-in-flight: 1
        image-pull-backoff-grace-period: 10m
        job-cancel-checker-poll-interval: 1s
        """;

    /// <summary>Its Kubernetes Job stays unfinished until it is cancelled.</summary>
    private const string NeverStarts =
        """
        {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "image-pull-failure"}},
         "podSpec": {"containers": [{"image": "no/such:image", "command": ["true"]}]}}
        """;

    [Fact]
    public async Task ALateCreateOfAnOlderEpochIsRefusedAndItsJobRunsOnce()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ActiveFault? held = null;
        await using var world = await EndToEndWorld.StartAsync(Configuration, before: world =>
        {
            world.Kubernetes.Observer.Limit = 1;
            world.Kubernetes.Faults.Fence = new GrantFence(EndToEndWorld.Namespace, Lease);
            held = HoldTheNextCreate(world, gate.Task);
            return Task.CompletedTask;
        });
        var (late, blocker) = await OvertakeAsync(world, held!);

        gate.SetResult();
        await EndToEndWorld.UntilAsync("the late create is refused", () => world.Kubernetes.Faults.RefusedByFence == 1);
        Assert.Null(await world.JobAsync(late));

        await world.Buildkite.CancelAsync(blocker, CancellationToken.None);
        var ended = await world.EndedAsync(late);
        Assert.Equal((JobState.Finished, 0), (ended.State, ended.Facts.ExitStatus));
        Assert.Equal(1, world.Kubernetes.Observer.CreationsOf(late.ToString()));
        Assert.Equal((1, 0), (world.Kubernetes.Observer.PeakInFlight, world.Kubernetes.Observer.LimitExceeded));
    }

    /// <summary>What the fence is for.</summary>
    [Fact]
    public async Task WithoutTheFenceTheSameCreateBreaksTheLimit()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ActiveFault? held = null;
        await using var world = await EndToEndWorld.StartAsync(Configuration, before: world =>
        {
            held = HoldTheNextCreate(world, gate.Task);
            return Task.CompletedTask;
        });
        await OvertakeAsync(world, held!);

        gate.SetResult();
        await EndToEndWorld.UntilAsync("the late create is carried out", () => world.Kubernetes.Observer.PeakInFlight == 2);
    }

    private static ActiveFault HoldTheNextCreate(EndToEndWorld world, Task until) =>
        world.Kubernetes.Faults.Add(new FaultRule(new Fault { HeldBack = () => until }) { Verb = "create", Resource = "jobs" });

    /// <summary>One job's create is under way when the limiter loses its lease; the next epoch gives the only token to another job.</summary>
    private static async Task<(JobId Late, JobId Blocker)> OvertakeAsync(EndToEndWorld world, ActiveFault held)
    {
        var late = await world.EnqueueAsync();
        await EndToEndWorld.UntilAsync("the create is held back", () => held.Hits == 1);
        var blocker = await world.EnqueueAsync(NeverStarts, new NewJob { Priority = 10 });
        await EndToEndWorld.UntilAsync("the lease is taken away", () => TakeLeaseAwayAsync(world));
        await EndToEndWorld.UntilAsync("the other job has a Kubernetes Job", async () => await world.JobAsync(blocker) is not null);
        return (late, blocker);
    }

    /// <summary>False when the holder was quicker.</summary>
    private static async Task<bool> TakeLeaseAwayAsync(EndToEndWorld world)
    {
        var lease = await world.Client.CoordinationV1.ReadNamespacedLeaseAsync(Lease, EndToEndWorld.Namespace);
        (lease.Spec.HolderIdentity, lease.Spec.LeaseTransitions) = ("somebody-else", lease.Spec.LeaseTransitions + 1);
        try
        {
            await world.Client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, Lease, EndToEndWorld.Namespace);
            return true;
        }
        catch (k8s.Autorest.HttpOperationException error) when (error.Response.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            return false;
        }
    }
}
