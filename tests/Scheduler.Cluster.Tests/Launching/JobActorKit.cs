using Akka.Cluster.Sharding;
using Akka.TestKit;
using Scheduler.Cluster.Batching;
using Scheduler.Cluster.Launching;
using Scheduler.Cluster.Metrics;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>One job actor among probes, under virtual time; the test stands for its shard.</summary>
public abstract class JobActorKit : VirtualTimeKit
{
    /// <summary>Long enough for a machine that is busy with other things.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected JobActorKit()
    {
        (Limiter, Fetcher, States, Notifications) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Actor = ActorOfAsTestActorRef<JobActor>(
            JobActor.Props(new JobActorParts
            {
                Launcher = Launcher,
                Effects = Effects,
                Limiter = Limiter,
                Fetcher = Fetcher,
                States = States,
                Notifications = Notifications,
                Gauges = new LifecycleGauges(Metrics),
                Time = Time,
            }),
            TestActor);
    }

    internal PendingLauncher Launcher { get; } = new();

    internal FakeEffects Effects { get; } = new();

    protected NodeMetrics Metrics { get; } = new();

    protected TestProbe Limiter { get; }

    protected TestProbe Fetcher { get; }

    protected TestProbe States { get; }

    protected TestProbe Notifications { get; }

    protected TestActorRef<JobActor> Actor { get; }

    /// <summary>The Kubernetes Job, begun now.</summary>
    protected JobFact Unfinished => new(Jobs.Id(1), "buildkite-1", "job-uid", KubernetesJobState.Unfinished, new Revision(1), null)
    {
        CreatedAt = Time.GetUtcNow(),
        StartedAt = Time.GetUtcNow(),
        HasPod = true,
    };

    /// <summary>Its pod, pending, begun now; with a container that cannot be made if there is a reason.</summary>
    protected PodFact Pending(string? reason = null) => new(Jobs.Id(1), "buildkite-1-x", "pod-uid", new Revision(1), PodPhase.Pending)
    {
        Owner = "job-uid",
        CreatedAt = Time.GetUtcNow(),
        StartedAt = Time.GetUtcNow(),
        Containers =
        [
            new ContainerFact(ContainerKind.Regular, "tests", "registry/tests:1", reason is null ? null : new ContainerWaiting(reason, null), null, null),
            new ContainerFact(ContainerKind.Regular, "agent", "registry/agent:1", null, null, null),
        ],
    };

    protected void See(JobFact? job, PodFact? pod = null) => Actor.Tell(new Seen(Jobs.Id(1), job, pod));

    protected void Say(JobState? state) => Actor.Tell(new StateIs(Jobs.Id(1), state));

    protected async Task AskedAsync() => await States.FishForMessageAsync(message => message is AskState, Patience);

    protected async Task EventuallyAsync(Action assertion) => await AwaitAssertAsync(assertion, Patience);

    /// <summary>The actor asks its shard to let it go.</summary>
    protected async Task LeavesAsync() => await ExpectMsgAsync<Passivate>(Patience);
}
