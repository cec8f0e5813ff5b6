using Scheduler.Core.Backlog;

namespace Scheduler.Core.Tests.Backlog;

public sealed class WaitingJobsTests
{
    private readonly WaitingJobs _jobs = new(limit: 3);
    private readonly FakeList _list = new(pageSize: 10);

    [Fact]
    public void HigherPriorityGoesFirstThenAge()
    {
        var (old, young, urgent) = (_list.Add(), _list.Add(), _list.Add(priority: 9));
        _jobs.Merge([young, urgent, old]);
        Assert.Equal([urgent.Id, old.Id, young.Id], _jobs.Best(5).Select(job => job.Id));
    }

    [Fact]
    public void BeyondTheLimitTheWorstAreLetGo()
    {
        var (a, b, c, urgent) = (_list.Add(), _list.Add(), _list.Add(), _list.Add(priority: 1));
        _jobs.Merge([a, b, c, urgent]);
        Assert.Equal([urgent.Id, a.Id, b.Id], _jobs.Best(5).Select(job => job.Id));
    }

    [Fact]
    public void AChangedPriorityCounts()
    {
        var (a, b) = (_list.Add(), _list.Add());
        _jobs.Merge([a, b]);
        _jobs.Merge([b with { Priority = 5 }]);
        Assert.Equal(b.Id, _jobs.Best(1).Single().Id);
    }

    [Fact]
    public void AStalePageDoesNotBringBackAJobThatIsBeingPursued()
    {
        var job = _list.Add();
        _jobs.Merge([job]);
        Assert.Equal(job, _jobs.Pursue(job.Id));
        Assert.Equal(0, _jobs.Merge([job]));
        Assert.Equal(0, _jobs.Count);
    }

    [Fact]
    public void AJobWhosePursuitFailedWaitsAgain()
    {
        var job = _list.Add();
        _jobs.Merge([job]);
        _jobs.Pursue(job.Id);
        _jobs.Resume(job.Id);
        Assert.True(_jobs.IsWaiting(job.Id));
    }

    [Fact]
    public void AJobThatVanishedCannotBePursued() => Assert.Null(_jobs.Pursue(_list.Add().Id));

    [Fact]
    public void WhatAWholeSweepDidNotShowHasVanished()
    {
        var (gone, stays) = (_list.Add(), _list.Add());
        _jobs.Merge([gone, stays]);
        Assert.Empty(_jobs.FinishSweep());
        _jobs.Merge([stays]);
        Assert.Equal([gone.Id], _jobs.FinishSweep());
        Assert.True(_jobs.IsWaiting(stays.Id));
    }
}
