using Scheduler.Core.Facts;
using Scheduler.Core.Tests.Verdicts;

namespace Scheduler.Core.Tests.Facts;

public sealed class ProofTests
{
    private static readonly JobFact Job = Given.StartedJob with { Name = $"buildkite-{Given.Job}", CreatedAt = Given.Noon };

    [Theory]
    [InlineData("buildkite-0191d1a0-0000-7000-8000-000000000001", true)]
    [InlineData("former.0191d1a0-0000-7000-8000-000000000001", true)]
    [InlineData("0191d1a0-0000-7000-8000-000000000001", true)]
    [InlineData("buildkite-0191d1a0-0000-7000-8000-000000000002", false)]
    [InlineData("buildkite-0191d1a0-0000-7000-8000-000000000001-x", false)]
    [InlineData("", false)]
    public void AJobCountsByANameThatEndsInTheUuidOfItsLabel(string name, bool expected) => Assert.Equal(expected, Proof.Counts(name, Given.Job));

    [Fact]
    public void APodIsAJobsOnlyByItsOwnerReference()
    {
        Assert.True(Proof.IsOf(Given.PendingPod, Job));
        Assert.False(Proof.IsOf(Given.PendingPod with { Owner = null }, Job));
        Assert.False(Proof.IsOf(Given.PendingPod with { Owner = "another" }, Job));
        Assert.False(Proof.IsOf(Given.PendingPod, null));
        Assert.False(Proof.IsOf(Given.PendingPod with { Owner = "" }, Job with { Uid = "" }));
    }

    [Fact]
    public void OfSeveralJobsTheOneWithOurNameIsTheJobsElseTheOldest()
    {
        var older = Job with { Name = $"a-{Given.Job}", Uid = "older", CreatedAt = Given.Noon.AddHours(-1) };
        var oldest = Job with { Name = $"z-{Given.Job}", Uid = "oldest", CreatedAt = Given.Noon.AddHours(-2) };

        Assert.Equal(Job, Proof.Choose([older, Job, oldest], Job.Name));
        Assert.Equal(oldest, Proof.Choose([older, Job, oldest], "new-prefix"));
        Assert.Equal(oldest, Proof.Choose([older, Job, oldest], null));
        Assert.Equal(older, Proof.Choose([older], Job.Name));
        Assert.Null(Proof.Choose([], Job.Name));
    }
}
