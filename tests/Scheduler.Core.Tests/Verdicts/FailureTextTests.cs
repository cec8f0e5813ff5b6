using System.Collections.Immutable;
using Scheduler.Core.Facts;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Verdicts;

public sealed class FailureTextTests
{
    [Fact]
    public void APodThatFailedTooSoonNamesTheLikelyCausesAndItsOwn()
    {
        var pod = RunningPod.With(Regular("agent").Ended(137, "OOMKilled")) with { Reason = "Evicted", Message = "The node was low on memory." };
        var report = Report(Trouble.PodFailed, JobWithPod, pod);
        Assert.Contains("pod failed before the buildkite-agent acquired", report.Detail, StringComparison.Ordinal);
        Assert.Contains("eviction", report.Detail, StringComparison.Ordinal);
        Assert.Contains("Evicted: The node was low on memory.", report.Detail, StringComparison.Ordinal);
        Assert.Contains("exit code 137 (OOMKilled)", report.Detail, StringComparison.Ordinal);
        Assert.Equal("buildkite-1", report.EventsOf);
    }

    [Fact]
    public void NobodysWordsAddALineToOurs()
    {
        const string Faked = "x\nThe pod's status is Fine\u2028\r\u0085The agent";
        var pod = PendingPod with
        {
            Reason = Faked,
            Message = Faked,
            Conditions = [new PodCondition(Faked, Faked, Faked, Faked)],
        };
        var ended = RunningPod.With(Regular("agent").Ended(1, Faked)) with { Reason = Faked, Message = Faked };

        Assert.Equal(2, Lines(Report(Trouble.PendingTooLong, JobWithPod, pod)));
        Assert.Equal(3, Lines(Report(Trouble.PodFailed, JobWithPod, ended)));
        Assert.Equal(1, Lines(Report(Trouble.NoPodEver, StartedJob.Finished(Faked))));
        Assert.DoesNotContain('\n', FailureText.LaunchDelayed(Faked));
        Assert.DoesNotContain('\n', FailureText.ImageNotice([Regular("a").Waiting(Faked, Faked)]));
        Assert.DoesNotContain('\n', EventTable.Unavailable(Faked));

        static int Lines(FailureReport report) => report.Detail.ReplaceLineEndings("\n").Split('\n').Length;
    }

    [Fact]
    public void JobsWithoutPodsSaySoAndForHowLong()
    {
        Assert.StartsWith(
            "The Kubernetes job ended without starting a pod.", Report(Trouble.NoPodEver, StartedJob.Finished("Failed")).Detail, StringComparison.Ordinal);
        var stalled = Report(Trouble.Stalled, StartedJob, now: Noon.AddSeconds(185));
        Assert.Equal("The Kubernetes job spent 3m5s without starting a pod.", stalled.Detail);
        Assert.Equal("buildkite-1", stalled.EventsOf);
    }

    [Fact]
    public void FailedInitContainersAreListedByName()
    {
        var pod = PendingPod.With(Init("imagecheck-1").Ended(127, "Error", "not found"), Init("copy-agent").Ended(1), Init("fine").Ended(0));
        Assert.Equal(
            """
            The following init containers failed:

            ╭──────────────┬───────────┬────────┬────────┬───────────╮
            │ CONTAINER    │ EXIT CODE │ SIGNAL │ REASON │ MESSAGE   │
            ├──────────────┼───────────┼────────┼────────┼───────────┤
            │ copy-agent   │ 1         │ 0      │ Error  │           │
            │ imagecheck-1 │ 127       │ 0      │ Error  │ not found │
            ╰──────────────┴───────────┴────────┴────────┴───────────╯
            """,
            Report(Trouble.InitFailed, JobWithPod, pod).Detail);
    }

    [Fact]
    public void ContainersThatCannotBeMadeAreListedWithTheirImages()
    {
        ImmutableArray<ContainerFact> stuck =
        [
            Regular("b").Waiting("ImagePullBackOff", "back-off"),
            Regular("a").Waiting("CreateContainerConfigError", "secret \"x\" not found"),
        ];
        Assert.Equal(
            """
            The following containers could not be created or their images could not be pulled:

            ╭───────────┬────────────────┬────────────────────────────┬──────────────────────╮
            │ CONTAINER │ IMAGE REF      │ REASON                     │ MESSAGE              │
            ├───────────┼────────────────┼────────────────────────────┼──────────────────────┤
            │ a         │ "registry/a:1" │ CreateContainerConfigError │ secret "x" not found │
            │ b         │ "registry/b:1" │ ImagePullBackOff           │ back-off             │
            ╰───────────┴────────────────┴────────────────────────────┴──────────────────────╯
            """,
            FailureText.For(Trouble.ContainersStuck, JobWithPod, PendingPod, stuck, Noon).Detail);
    }

    /// <summary>So that a pipeline's retry rules see what the container said.</summary>
    [Fact]
    public void TheExitStatusIsThatOfTheInitContainerThatFailedLastAndElseAStackError()
    {
        var pod = PendingPod.With(
            Init("a").Ended(137, "OOMKilled", at: Noon.AddSeconds(9)), Init("b").Ended(2, at: Noon.AddSeconds(3)), Sidecar("c").Ended(5, at: Noon.AddSeconds(10)));
        Assert.Equal(137, Report(Trouble.InitFailed, JobWithPod, pod).ExitStatus);
        Assert.Equal(-1, Report(Trouble.PodFailed, JobWithPod, pod).ExitStatus);
        Assert.Equal(-1, Report(Trouble.InitFailed, JobWithPod, null).ExitStatus);
    }

    [Fact]
    public void APodPendingForTooLongShowsItsConditions()
    {
        var pod = PendingPod with
        {
            Conditions = [new PodCondition("PodScheduled", "False", "Unschedulable", "0/3 nodes are available"), new PodCondition("Ready", "False", null, null)],
        };
        Assert.Equal(
            """
            The pod has been in Pending state for 15m3s without starting.
            - PodScheduled: False (Unschedulable: 0/3 nodes are available)
            - Ready: False
            """,
            Report(Trouble.PendingTooLong, JobWithPod, pod, Noon.AddSeconds(903.2)).Detail);
    }

    [Fact]
    public void WhatTheOriginalKeepsSilentAboutIsTold()
    {
        var late = Report(Trouble.DeadlineExceeded, JobWithPod with { Deadline = TimeSpan.FromSeconds(90) });
        Assert.Contains("active deadline of 1m30s", late.Detail, StringComparison.Ordinal);
        var deleted = Report(Trouble.JobDeleted, JobWithPod);
        Assert.Contains("buildkite-1 was deleted before the buildkite-agent acquired the job", deleted.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void TheNoticeOfImageFailuresIsSortedAndHasNoEmptyParentheses() => Assert.Equal(
        "Image pull failure; the job will fail once the agent times out. a: ErrImagePull; b: ImagePullBackOff (back-off)",
        FailureText.ImageNotice([Regular("b").Waiting("ImagePullBackOff", "back-off"), Regular("a").Waiting("ErrImagePull")]));

    private static FailureReport Report(Trouble trouble, JobFact job, PodFact? pod = null, DateTimeOffset? now = null) =>
        FailureText.For(trouble, job, pod, [], now ?? Noon);
}
