using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Simulation.Model;

/// <summary>Buildkite's side: jobs that are waiting, reserved until a moment, running or over.</summary>
internal sealed class BuildkiteModel
{
    private const int PageSize = 3;

    private static readonly string[] Cursors = [.. Enumerable.Range(0, 64).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    private readonly World _world;
    private readonly Entry[] _jobs;

    public BuildkiteModel(World world)
    {
        _world = world;
        _jobs = new Entry[world.Size.Jobs];
        for (var i = 0; i < _jobs.Length; i++)
        {
            _jobs[i].AppearsAt = i < 2 ? 0 : world.Dice.Number(0, (int)world.Size.StormEnds / 2);
            _jobs[i].Line = new ScheduledJob(Ids.Of(i), world.Dice.Number(0, 2), DateTimeOffset.UnixEpoch.AddSeconds(i), []);
        }
    }

    private enum State
    {
        Scheduled,
        Reserved,
        Running,
        Over,
    }

    public bool IsAllOver => Array.TrueForAll(_jobs, job => job.State == State.Over);

    /// <summary>A page of the waiting jobs; the cursor to read on after, null = it was the last.</summary>
    public (ImmutableArray<ScheduledJob> Jobs, string? More) Page(string? after)
    {
        var page = ImmutableArray.CreateBuilder<ScheduledJob>(PageSize);
        for (var i = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture) + 1; i < _jobs.Length; i++)
        {
            if (Now(i) != State.Scheduled || _jobs[i].AppearsAt > _world.Now)
            {
                continue;
            }

            if (page.Count == PageSize)
            {
                var more = Cursors[Ids.NumberOf(page[^1].Id)];
                return (page.MoveToImmutable(), more);
            }

            page.Add(_jobs[i].Line);
        }

        return (page.DrainToImmutable(), null);
    }

    /// <summary>Reserves or extends. What is not among the answer is not to be had.</summary>
    public ImmutableHashSet<JobId> Reserve(ImmutableArray<JobId> jobs, long lasting)
    {
        var reserved = ImmutableHashSet.CreateBuilder<JobId>();
        foreach (var id in jobs)
        {
            var job = Ids.NumberOf(id);
            if (Now(job) is State.Scheduled or State.Reserved)
            {
                (_jobs[job].State, _jobs[job].ReservedUntil) = (State.Reserved, _world.Now + lasting);
                reserved.Add(id);
            }
        }

        return reserved.ToImmutable();
    }

    /// <summary>Whether the job is still there to be run.</summary>
    public bool IsToRun(int job) => Now(job) is State.Scheduled or State.Reserved;

    /// <summary>An agent takes the job. False when it is not to be had.</summary>
    public bool Acquire(int job)
    {
        if (!IsToRun(job))
        {
            return false;
        }

        _jobs[job].State = State.Running;
        _world.Promises.Acquired(job);
        if (_world.IsTraced)
        {
            _world.Note($"BUILDKITE: an agent runs j{job}");
        }

        return true;
    }

    public void Finish(int job, string how)
    {
        if (_jobs[job].State != State.Over)
        {
            _jobs[job].State = State.Over;
            if (_world.IsTraced)
            {
                _world.Note($"BUILDKITE: j{job} is ended {how}");
            }
        }
    }

    /// <summary>The agent of a running job is gone with its pod.</summary>
    public void LoseAgent(int job)
    {
        if (job < _jobs.Length && _jobs[job].State == State.Running)
        {
            Finish(job, "because its agent is lost");
        }
    }

    /// <summary>Somebody cancels a job that is not running yet.</summary>
    public void Cancel(int choice)
    {
        var job = choice % _jobs.Length;
        if (IsToRun(job))
        {
            Finish(job, "by cancellation");
        }
    }

    private State Now(int job) =>
        _jobs[job].State == State.Reserved && _jobs[job].ReservedUntil <= _world.Now ? State.Scheduled : _jobs[job].State;

    private struct Entry
    {
        public State State;
        public long AppearsAt;
        public long ReservedUntil;
        public ScheduledJob Line;
    }
}
