using Scheduler.Core.Facts;
using Scheduler.Core.Verdicts;
using static Scheduler.Core.Tests.Verdicts.Given;

namespace Scheduler.Core.Tests.Verdicts;

public sealed class PodVerdictTests
{
    private static readonly VerdictSettings Settings = new() { PendingTimeout = TimeSpan.FromMinutes(5) };

    public static TheoryData<string, PodFact, int, bool> PendingCases => new()
    {
        { "running for long", RunningPod, 600, false },
        { "succeeded", PendingPod with { Phase = PodPhase.Succeeded }, 600, false },
        { "pending for a minute", PendingPod, 60, false },
        { "pending for ten minutes", PendingPod, 600, true },
        { "pending, ContainerCreating", PendingPod.With(Regular("container-0").Waiting("ContainerCreating")), 600, true },
        { "pending, agent runs", PendingPod.With(Regular("agent").Running()), 600, false },
        { "not yet created by the clock", PendingPod with { CreatedAt = null }, 600, false },
    };

    [Theory]
    [MemberData(nameof(PendingCases))]
    public void APodIsPendingForTooLong(string name, PodFact pod, int seconds, bool tooLong)
    {
        var verdict = Judge(JobWithPod, pod, StuckContainers.None, Noon.AddSeconds(seconds));
        Assert.True(tooLong == verdict is Verdict.InTrouble { Trouble: Trouble.PendingTooLong }, $"{name}: {verdict}");
    }

    [Theory]
    [InlineData("ImagePullBackOff")]
    [InlineData("ErrImagePull")]
    [InlineData("ErrImageNeverPull")]
    [InlineData("ImageInspectError")]
    [InlineData("CreateContainerConfigError")]
    [InlineData("CreateContainerError")]
    [InlineData("PreCreateHookError")]
    [InlineData("PreStartHookError")]
    public void AContainerThatCannotBeMadeHasItsGraceFromTheFirstFailureSeen(string reason)
    {
        var pod = PendingPod.With(Regular("container-0").Waiting(reason));
        var firstSeen = Noon.AddMinutes(10);
        var stuck = StuckContainers.None.After(pod, firstSeen);

        Assert.Equal(new Verdict.Waiting(firstSeen.AddSeconds(30)), Judge(JobWithPod, pod, stuck, firstSeen));
        Assert.IsType<Verdict.Waiting>(Judge(JobWithPod, pod, stuck.After(pod, firstSeen.AddSeconds(29)), firstSeen.AddSeconds(29)));
        Assert.Equal(
            new Verdict.InTrouble(Trouble.ContainersStuck),
            Judge(JobWithPod, pod, stuck.After(pod, firstSeen.AddSeconds(30)), firstSeen.AddSeconds(30)));
    }

    [Fact]
    public void AnImageNameThatIsNoneIsTroubleAtOnce()
    {
        var pod = PendingPod.With(Regular("my-own-name").Waiting("InvalidImageName"));
        Assert.Equal(new Verdict.InTrouble(Trouble.ContainersStuck), Judge(JobWithPod, pod, StuckContainers.None.After(pod, Noon), Noon));
    }

    public static TheoryData<ContainerFact> AnyContainer =>
        [Regular("container-0"), Regular("checkout"), Regular("agent"), Regular("tests in my words"), Init("imagecheck-0"), Init("copy-agent"), Sidecar("db")];

    [Theory]
    [MemberData(nameof(AnyContainer))]
    public void EveryContainerCountsWhateverItsName(ContainerFact container)
    {
        var pod = PendingPod.With(container.Waiting("ImagePullBackOff"));
        var stuck = StuckContainers.None.After(pod, Noon);
        Assert.Equal(new Verdict.InTrouble(Trouble.ContainersStuck), Judge(JobWithPod, pod, stuck, Noon.AddSeconds(30)));
    }

    [Fact]
    public void ATransientPullErrorIsForgiven()
    {
        var failing = PendingPod.With(Regular("container-0").Waiting("ErrImagePull"));
        var stuck = StuckContainers.None.After(failing, Noon).After(PendingPod, Noon.AddSeconds(20)).After(failing, Noon.AddSeconds(25));
        Assert.Equal(new Verdict.Waiting(Noon.AddSeconds(55)), Judge(JobWithPod, failing, stuck, Noon.AddSeconds(40)));
    }

    [Fact]
    public void AnotherPodStartsWithItsWholeGrace()
    {
        var failing = PendingPod.With(Regular("container-0").Waiting("ErrImagePull"));
        var stuck = StuckContainers.None.After(failing, Noon).After(failing with { Uid = "another" }, Noon.AddSeconds(29));
        Assert.Equal(Noon.AddSeconds(59), stuck.OverAt(failing, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void AStuckContainerOfARunningPodIsFoundToo()
    {
        var pod = RunningPod.With(Regular("container-0").Waiting("ImagePullBackOff"));
        var stuck = StuckContainers.None.After(pod, Noon.AddSeconds(5));
        Assert.Equal(new Verdict.Running(Noon.AddSeconds(35)), Judge(JobWithPod, pod, stuck, Noon.AddSeconds(5)));
        Assert.Equal(new Verdict.InTrouble(Trouble.ContainersStuck), Judge(JobWithPod, pod, stuck, Noon.AddSeconds(60)));
        Assert.Equal("container-0", Assert.Single(stuck.Over(pod, Settings.ImageGrace, Noon.AddSeconds(60))).Name);
    }

    [Fact]
    public void AFailedInitContainerIsTroubleInAnyPhaseAndASidecarIsNot()
    {
        foreach (var phase in new[] { PodPhase.Pending, PodPhase.Running, PodPhase.Failed })
        {
            var pod = PendingPod.With(Init("imagecheck-0").Ended(127)) with { Phase = phase };
            Assert.Equal(new Verdict.InTrouble(Trouble.InitFailed), Judge(JobWithPod, pod, StuckContainers.None, Noon));
        }

        Assert.IsType<Verdict.Waiting>(Judge(JobWithPod, PendingPod.With(Sidecar("db").Ended(1), Init("copy-agent").Ended(0)), StuckContainers.None, Noon));
    }

    [Fact]
    public void AStartedJobWithoutPodIsStalledAfterItsGrace()
    {
        Assert.Equal(new Verdict.Waiting(Noon.AddSeconds(30)), Judge(StartedJob, null, StuckContainers.None, Noon.AddSeconds(29)));
        Assert.Equal(new Verdict.InTrouble(Trouble.Stalled), Judge(StartedJob, null, StuckContainers.None, Noon.AddSeconds(30)));
        Assert.Equal(new Verdict.Waiting(null), Judge(SuspendedJob, null, StuckContainers.None, Noon.AddDays(1)));
        Assert.Equal(new Verdict.Waiting(null), Judge(JobWithPod, null, StuckContainers.None, Noon.AddDays(1)));
    }

    public static TheoryData<string, JobFact, PodFact?, Trouble?> Ends => new()
    {
        { "succeeded", JobWithPod.Finished("Complete", succeeded: 1), null, null },
        { "complete without a count", JobWithPod.Finished("Complete"), null, null },
        { "pod failed", JobWithPod.Finished("Failed", "BackoffLimitExceeded", failed: 1), null, Trouble.PodFailed },
        { "pod gone before it was counted", JobWithPod.Finished("Failed", "BackoffLimitExceeded"), null, Trouble.PodFailed },
        { "never a pod", StartedJob.Finished("Failed", "FailedCreate"), null, Trouble.NoPodEver },
        { "deadline with a pod", JobWithPod.Finished("Failed", "DeadlineExceeded", failed: 1), null, Trouble.DeadlineExceeded },
        { "deadline without a pod", StartedJob.Finished("Failed", "DeadlineExceeded"), null, Trouble.DeadlineExceeded },
        { "init container", JobWithPod.Finished("Failed", failed: 1), PendingPod.With(Init("copy-agent").Ended(1)), Trouble.InitFailed },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void TheEndOfAJobIsUnderstood(string name, JobFact job, PodFact? pod, Trouble? trouble)
    {
        var verdict = Judge(job, pod, StuckContainers.None, Noon);
        Assert.True(trouble is null ? verdict is Verdict.Over : verdict == new Verdict.InTrouble(trouble.Value), $"{name}: {verdict}");
    }

    [Fact]
    public void AVanishedOrDeletedJobIsTroubleUnlessItsAgentRuns()
    {
        Assert.Equal(new Verdict.InTrouble(Trouble.JobDeleted), PodVerdict.Judge(null, true, PendingPod, StuckContainers.None, Noon, Settings));
        Assert.Equal(new Verdict.InTrouble(Trouble.JobDeleted), Judge(JobWithPod with { DeletedAt = Noon }, null, StuckContainers.None, Noon));
        Assert.IsType<Verdict.Over>(PodVerdict.Judge(null, true, RunningPod, StuckContainers.None, Noon, Settings));
        Assert.IsType<Verdict.Over>(PodVerdict.Judge(null, false, null, StuckContainers.None, Noon, Settings));
        Assert.IsType<Verdict.Running>(Judge(JobWithPod with { DeletedAt = Noon }, RunningPod, StuckContainers.None, Noon));
    }

    [Fact]
    public void WhenTheAgentHasEndedTheOthersGetAMomentAndThenADeadline()
    {
        var pod = RunningPod.With(Regular("agent").Ended(0, at: Noon.AddMinutes(7)));
        Assert.Equal(new Verdict.Running(Noon.AddMinutes(7).AddSeconds(5)), Judge(JobWithPod, pod, StuckContainers.None, Noon.AddMinutes(7)));
        Assert.Equal(
            new Verdict.Overstaying(TimeSpan.FromSeconds(60)), Judge(JobWithPod, pod, StuckContainers.None, Noon.AddMinutes(7).AddSeconds(5)));
        Assert.Equal(
            new Verdict.Running(null),
            Judge(JobWithPod with { Deadline = TimeSpan.FromSeconds(60) }, pod, StuckContainers.None, Noon.AddHours(1)));
    }

    [Fact]
    public void WithoutTheCompletionWatcherTheOthersRunOn()
    {
        var pod = RunningPod.With(Regular("agent").Ended(0, at: Noon));
        var verdict = PodVerdict.Judge(JobWithPod, false, pod, StuckContainers.None, Noon.AddHours(1), Settings with { CompletionDeadline = null });
        Assert.Equal(new Verdict.Running(null), verdict);
    }

    [Fact]
    public void APodWhoseDeletionNobodyCarriesOutHasLostItsNode()
    {
        var pod = RunningPod with { DeletedAt = Noon.AddMinutes(6) };
        Assert.Equal(new Verdict.Running(Noon.AddMinutes(6.5)), Judge(JobWithPod, pod, StuckContainers.None, Noon.AddMinutes(6)));
        Assert.Equal(new Verdict.InTrouble(Trouble.NodeLost), Judge(JobWithPod, pod, StuckContainers.None, Noon.AddMinutes(6.5)));
    }

    [Fact]
    public void ValuesOfZeroOrLessActAsTheDefaults()
    {
        var settings = VerdictSettings.From(TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.Zero, null);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.ImageGrace);
        Assert.Equal(TimeSpan.FromMinutes(15), settings.PendingTimeout);
        Assert.Equal(TimeSpan.Zero, settings.EmptyJobGrace);
        Assert.Null(settings.CompletionDeadline);
        Assert.Equal(
            new Verdict.InTrouble(Trouble.Stalled), PodVerdict.Judge(StartedJob, false, null, StuckContainers.None, Noon, settings));
    }

    private static Verdict Judge(JobFact job, PodFact? pod, StuckContainers stuck, DateTimeOffset now) =>
        PodVerdict.Judge(job, false, pod, stuck, now, Settings);
}
