using System.Net;
using System.Text;
using Akka.Cluster.Sharding;
using Scheduler.Buildkite;
using Scheduler.Cluster.Batching;
using Scheduler.Core.Facts;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Tests.Launching;

/// <summary>What the actor does once Kubernetes shows its job, down to the calls it makes.</summary>
public sealed class JobActorLifeTests : JobActorKit
{
    [Fact]
    public async Task AnActorRevivedByItsPodFailsTheJobAndDeletesThePodInTime()
    {
        See(Unfinished, Pending("ImagePullBackOff"));
        await States.ExpectMsgAsync<WatchState>(Patience);
        Advance(TimeSpan.FromSeconds(29));
        await States.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        Advance(TimeSpan.FromSeconds(2));
        await AskedAsync();
        Say(JobState.Reserved);
        await EventuallyAsync(() => Assert.Equal(["pod buildkite-1-x pod-uid"], Effects.Removals));
        Assert.Contains("\"registry/tests:1\"", Assert.Single(Effects.Finishes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJobDeletedByHandIsFailedWithItsEvents()
    {
        Effects.Events = [new EventFact("Warning", "Evicted", "by hand")];
        See(Unfinished, Pending());
        See(null);
        await AskedAsync();
        Say(JobState.Reserved);
        await EventuallyAsync(() => Assert.Single(Effects.Finishes));
        var detail = Effects.Finishes.Single();
        Assert.Contains("was deleted before the buildkite-agent acquired the job", detail, StringComparison.Ordinal);
        Assert.Contains("│ Evicted │ by hand │", detail, StringComparison.Ordinal);
        await LeavesAsync();
    }

    [Fact]
    public async Task EventsThatCannotBeListedDoNotKeepAJobFromBeingFailed()
    {
        Effects.EventsFailure = new HttpRequestException("events is forbidden");
        See(Unfinished, Pending());
        See(null);
        await AskedAsync();
        Say(JobState.Scheduled);
        await EventuallyAsync(() => Assert.Single(Effects.Finishes));
        Assert.Contains("could not be listed: events is forbidden", Effects.Finishes.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFinishThatFailedForAPassingReasonIsTriedAgainOnceBuildkiteIsAskedAgain()
    {
        Effects.FinishAnswers.Enqueue(new StacksApiException(StacksEndpoint.Finish, StacksErrorKind.Transient, "HTTP 503", HttpStatusCode.ServiceUnavailable));
        See(Unfinished, Pending());
        See(null);
        await AskedAsync();
        Say(JobState.Reserved);
        await EventuallyAsync(() => Assert.True(Actor.UnderlyingActor.Timers.IsTimerActive("Due")));
        Assert.Single(Effects.Finishes);
        Advance(TimeSpan.FromSeconds(2));
        await AskedAsync();
        Say(JobState.Reserved);
        await EventuallyAsync(() => Assert.Equal(2, Effects.Finishes.Count));
        await LeavesAsync();
    }

    [Fact]
    public async Task AFinishThatCanNeverSucceedIsTriedOnce()
    {
        Effects.FinishAnswers.Enqueue(new StacksApiException(StacksEndpoint.Finish, StacksErrorKind.Unauthorized, "HTTP 401", HttpStatusCode.Unauthorized));
        See(Unfinished, Pending());
        See(null);
        await AskedAsync();
        Say(JobState.Reserved);
        await LeavesAsync();
        Assert.Single(Effects.Finishes);
    }

    [Fact]
    public async Task APodOfACancelledJobIsDeletedEvenIfKubernetesHasToBeAskedTwice()
    {
        Effects.RemoveFailures.Enqueue(new HttpRequestException("HTTP 503"));
        See(Unfinished, Pending());
        Say(JobState.Canceled);
        await EventuallyAsync(() => Assert.True(Actor.UnderlyingActor.Timers.IsTimerActive("Due")));
        Advance(TimeSpan.FromSeconds(2));
        await EventuallyAsync(() => Assert.Single(Effects.Removals));
        await EventuallyAsync(() => Assert.True(Actor.UnderlyingActor.Timers.IsTimerActive("Due")));
        Advance(TimeSpan.FromSeconds(1.5));
        await EventuallyAsync(() => Assert.Equal(["pod buildkite-1-x pod-uid", "pod buildkite-1-x pod-uid"], Effects.Removals));
        See(Unfinished with { State = KubernetesJobState.Finished, Failed = 1, Revision = new Revision(2) });
        await LeavesAsync();
        Assert.Empty(Effects.Finishes);
    }

    [Fact]
    public async Task APodThatIsNotAnyMoreAsItWasSeenIsLookedAtAnew()
    {
        Effects.RemoveAnswers.Enqueue(false);
        See(Unfinished, Pending());
        Say(JobState.Canceled);
        await EventuallyAsync(() => Assert.True(Actor.UnderlyingActor.Timers.IsTimerActive("Due")));
        Advance(TimeSpan.FromSeconds(2));
        await EventuallyAsync(() => Assert.Single(Effects.Removals));
        See(Unfinished, Pending() with { NodeName = "node", Revision = new Revision(2) });
        await EventuallyAsync(() => Assert.True(Actor.UnderlyingActor.Timers.IsTimerActive("Due")));
        Advance(TimeSpan.FromSeconds(1.5));
        await EventuallyAsync(() => Assert.Equal(2, Effects.Removals.Count));
    }

    [Fact]
    public async Task ARunningJobRestsWithoutTimerAndWithoutQuestions()
    {
        var pod = Pending();
        See(Unfinished, pod);
        await States.ExpectMsgAsync<WatchState>(Patience);
        See(Unfinished, pod with { Phase = PodPhase.Running, Containers = [.. pod.Containers.Select(c => c with { RunningSince = Time.GetUtcNow() })] });
        await States.ExpectMsgAsync<UnwatchState>(Patience);
        Assert.False(Actor.UnderlyingActor.Timers.IsTimerActive("Due"));
    }

    [Fact]
    public async Task AJobThatSeemedStalledAndIsRunByItsAgentIsCountedAsLeftAlone()
    {
        See(Unfinished with { HasPod = false });
        Advance(TimeSpan.FromSeconds(31));
        await AskedAsync();
        Say(JobState.Running);
        await using var text = new MemoryStream();
        await Metrics.Registry.CollectAndExportAsTextAsync(text);
        Assert.Contains(
            "buildkite_job_watcher_stalled_cleanup_skipped_total{reason=\"agent_active\"} 1",
            Encoding.UTF8.GetString(text.ToArray()),
            StringComparison.Ordinal);
        Assert.Empty(Effects.Removals);
    }

    [Fact]
    public async Task AFinishedJobsActorLeavesAndStops()
    {
        await WatchAsync(Actor);
        See(Unfinished with { State = KubernetesJobState.Finished, Succeeded = 1 });
        var passivate = await ExpectMsgAsync<Passivate>(Patience);
        Actor.Tell(passivate.StopMessage);
        await ExpectTerminatedAsync(Actor, Patience);
    }
}
