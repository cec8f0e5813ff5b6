using CsCheck;
using Scheduler.Core.Backlog;

namespace Scheduler.Core.Tests.Backlog;

public sealed class ListCursorsTests
{
    [Fact]
    public void AShortListIsReadWithOneCallAPoll()
    {
        var list = new FakeList(pageSize: 10);
        list.Add();
        var (jobs, cursors) = (new WaitingJobs(100), ListCursors.Start);
        for (var poll = 1; poll <= 5; poll++)
        {
            (cursors, var ended) = list.Poll(cursors, jobs);
            Assert.Equal(poll, list.Reads);
            Assert.Equal(1, ended);
        }
    }

    [Fact]
    public void ANewJobIsSeenAtTheNextPollHoweverLongTheList()
    {
        var list = new FakeList(pageSize: 10);
        for (var i = 0; i < 1000; i++)
        {
            list.Add();
        }

        var (jobs, cursors) = (new WaitingJobs(10_000), ListCursors.Start);
        while (!cursors.TailReached)
        {
            cursors = list.Poll(cursors, jobs).Cursors;
        }

        var readsBefore = list.Reads;
        var urgent = list.Add(priority: 10);
        list.Poll(cursors, jobs);
        Assert.Equal(urgent.Id, jobs.Best(1).Single().Id);
        Assert.InRange(list.Reads - readsBefore, 1, 4);
    }

    [Fact]
    public void WhateverChangesTheBacklogSoonEqualsTheList() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 9].Array[0, 60]).Sample((pageSize, choices) =>
        {
            var list = new FakeList(pageSize);
            var (jobs, cursors) = (new WaitingJobs(10_000), ListCursors.Start);
            foreach (var choice in choices)
            {
                if (choice < 5)
                {
                    list.Add();
                }
                else if (choice < 8 && list.Count > 0)
                {
                    list.RemoveAt(choice % list.Count);
                }
                else
                {
                    cursors = list.Poll(cursors, jobs).Cursors;
                }
            }

            // Two complete sweeps from now on have seen all that stays and nothing of what went before.
            for (var ended = 0; ended < 3;)
            {
                (cursors, var more) = list.Poll(cursors, jobs);
                ended += more;
            }

            Assert.Equal(list.Ids.Order(), jobs.Best(int.MaxValue).Select(job => job.Id).Order());
        });
}
