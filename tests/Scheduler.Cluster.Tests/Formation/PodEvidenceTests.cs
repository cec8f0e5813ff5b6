using System.Collections.Immutable;
using Scheduler.Cluster.Formation;

namespace Scheduler.Cluster.Tests.Formation;

public sealed class PodEvidenceTests
{
    private static readonly SchedulerPod Pod = new("scheduler-0", "uid-0", "10.0.0.1", ["containerd://a"], HasEnded: false, IsLeaving: false);
    private static readonly SchedulerPod Other = Pod with { Name = "scheduler-1", Uid = "uid-1", Ip = "10.0.0.2", Containers = ["containerd://b"] };

    [Fact]
    public void WhatRunsOnIsNotDead() => Assert.Empty(Dead([Pod, Other], [Pod, Other]));

    [Fact]
    public void APodThatIsGoneProvesNothing() => Assert.Empty(Dead([Pod, Other], [Other]));

    [Fact]
    public void APodWhoseContainersAreNotToldProvesNothing() => Assert.Empty(Dead([Pod], [Pod with { Containers = [] }]));

    [Fact]
    public void APodWhoseContainersHaveEndedIsDead() => Assert.Equal<SchedulerPod>([Pod], Dead([Pod], [Pod with { HasEnded = true }]));

    [Fact]
    public void AContainerStartedAgainProvesThatTheFormerOneIsDead() =>
        Assert.Equal<SchedulerPod>([Pod], Dead([Pod], [Pod with { Containers = ["containerd://c"] }]));

    [Fact]
    public void AContainerStartedAgainBesideOneThatRunsOnProvesNothing()
    {
        var pod = Pod with { Containers = ["containerd://a", "containerd://proxy"] };
        Assert.Empty(Dead([pod], [pod with { Containers = ["containerd://a", "containerd://proxy-again"] }]));
        Assert.Empty(Dead([Pod], [pod]));
    }

    [Fact]
    public void BeingToldToEndProvesNothing() => Assert.Empty(Dead([Pod], [Pod with { IsLeaving = true }]));

    [Fact]
    public void APodThatWasNeverSeenRunningProvesNothing() =>
        Assert.Empty(Dead([Pod with { Ip = null, Containers = [] }], []));

    [Fact]
    public void DeathIsToldOnce()
    {
        var (evidence, _) = PodEvidence.Nothing.Look([Pod]);
        (evidence, var first) = evidence.Look([Pod with { HasEnded = true }]);
        var (_, second) = evidence.Look([Pod with { HasEnded = true }]);
        Assert.Equal((1, 0), (first.Length, second.Length));
    }

    [Fact]
    public void AStrangersEndProvesNothing() =>
        Assert.Empty(Dead([Pod, Other with { IsStranger = true }], [Pod, Other with { IsStranger = true, HasEnded = true }]));

    [Fact]
    public void APodThatBecomesAStrangerHasNotEnded() => Assert.Empty(Dead([Pod], [Pod with { IsStranger = true }]));

    [Fact]
    public void APodNamedLikeTheFirstNumberOfAnAddressIsNotAtIt() =>
        Assert.False((Pod with { Name = "10", Ip = "10.9.9.9" }).IsAt("10.0.0.1"));

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("scheduler-0", true)]
    [InlineData("scheduler-0.scheduler.ci.svc", true)]
    [InlineData("scheduler-01.scheduler", false)]
    [InlineData("10.0.0.10", false)]
    public void ANodeIsInThePodByAddressOrByName(string host, bool expected) => Assert.Equal(expected, Pod.IsAt(host));

    [Theory]
    [InlineData("[fd00::1]", true)]
    [InlineData("[fd00::10]", false)]
    [InlineData("scheduler-0.scheduler", true)]
    public void APodMayHaveAnAddressOfIPv6(string host, bool expected) => Assert.Equal(expected, (Pod with { Ip = "fd00:0::1" }).IsAt(host));

    private static ImmutableArray<SchedulerPod> Dead(ImmutableArray<SchedulerPod> before, ImmutableArray<SchedulerPod> after) =>
        PodEvidence.Nothing.Look(before).Next.Look(after).Dead;
}
