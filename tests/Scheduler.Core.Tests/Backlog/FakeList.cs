using Scheduler.Core.Backlog;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Core.Tests.Backlog;

/// <summary>A list of waiting jobs that pages as Buildkite's does: oldest first, cursors that outlive the job they point at.</summary>
internal sealed class FakeList(int pageSize)
{
    private readonly SortedDictionary<int, ScheduledJob> _jobs = [];
    private int _last;

    public IEnumerable<JobId> Ids => _jobs.Values.Select(job => job.Id);

    public int Reads { get; private set; }

    public ScheduledJob Add(int priority = 0)
    {
        var age = ++_last;
        var job = new ScheduledJob(new JobId(new Guid(age, 0, 0, new byte[8])), priority, DateTimeOffset.UnixEpoch.AddSeconds(age), []);
        _jobs.Add(age, job);
        return job;
    }

    public void RemoveAt(int index) => _jobs.Remove(_jobs.Keys.ElementAt(index));

    public int Count => _jobs.Count;

    public (ListCursors Cursors, int SweepsEnded) Poll(ListCursors cursors, WaitingJobs jobs, int sweepPages = 2)
    {
        var ended = 0;
        cursors = cursors.BeginPoll(sweepPages);
        while (cursors.Next is { } request)
        {
            Reads++;
            var after = request.After is null ? 0 : int.Parse(request.After, System.Globalization.CultureInfo.InvariantCulture);
            var rest = _jobs.Where(job => job.Key > after).ToArray();
            var page = rest.Take(pageSize).ToArray();
            jobs.Merge(page.Select(job => job.Value));
            (cursors, var sweepEnded) = cursors.PageRead(rest.Length > page.Length, page.Length == 0 ? null : $"{page[^1].Key}");
            if (sweepEnded)
            {
                jobs.FinishSweep();
                ended++;
            }
        }

        return (cursors, ended);
    }
}
