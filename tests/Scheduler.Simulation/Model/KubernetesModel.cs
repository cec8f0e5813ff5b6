using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Protocol;
using Scheduler.Simulation.Adversary;

namespace Scheduler.Simulation.Model;

/// <summary>An API server: Jobs by name, one revision for all writes, a log of changes that watches follow.</summary>
internal sealed class KubernetesModel
{
    private readonly World _world;
    private readonly ModelJob[] _jobs = new ModelJob[64];
    private long _revision = 1;

    public KubernetesModel(World world)
    {
        _world = world;
        for (var i = 0; i < world.Size.Adopted; i++)
        {
            Put(world.Size.Jobs + i, grant: null);
        }
    }

    /// <summary>Every change since the beginning, oldest first.</summary>
    public List<JobChange> Log { get; } = [];

    public int Unfinished { get; private set; }

    public long Revision => _revision;

    public long NextRevision() => ++_revision;

    /// <summary>Carries out a create. False: there is a Job of that name.</summary>
    public bool Create(int job, GrantId grant)
    {
        if (_jobs[job].Exists)
        {
            return false;
        }

        Put(job, grant);
        _world.Promises.Created(job, grant);
        return true;
    }

    public (KubernetesJobState State, Revision Revision, GrantId? Grant) Read(int job) => _jobs[job] is { Exists: true } found
        ? (found.IsFinished ? KubernetesJobState.Finished : KubernetesJobState.Unfinished, new Revision(found.Revision), found.Grant)
        : (KubernetesJobState.Absent, Core.Identity.Revision.None, null);

    /// <summary>Every unfinished Job as of now.</summary>
    public Snapshot List()
    {
        var shown = ImmutableArray.CreateBuilder<UnfinishedJob>(Unfinished);
        for (var job = 0; job < _jobs.Length; job++)
        {
            if (_jobs[job] is { Exists: true, IsFinished: false } found)
            {
                shown.Add(new UnfinishedJob(Ids.Of(job), new Revision(found.Revision), found.Grant));
            }
        }

        return new Snapshot(shown.DrainToImmutable(), new Revision(_revision));
    }

    public void Delete(int job)
    {
        if (_jobs[job].Exists)
        {
            Unfinished -= _jobs[job].IsFinished ? 0 : 1;
            _jobs[job].Exists = false;
            Record(job, KubernetesJobState.Absent);
        }
    }

    /// <summary>The number of an unfinished Job; null when there is none.</summary>
    public int? AnyUnfinished(int choice)
    {
        for (var i = 0; i < _jobs.Length && Unfinished > 0; i++)
        {
            var job = (i + choice) % _jobs.Length;
            if (_jobs[job] is { Exists: true, IsFinished: false })
            {
                return job;
            }
        }

        return null;
    }

    private void Put(int job, GrantId? grant)
    {
        var uid = _jobs[job].Uid + 1;
        _jobs[job] = new ModelJob { Exists = true, Uid = uid, Grant = grant };
        Unfinished++;
        Record(job, KubernetesJobState.Unfinished);
        _world.After(_world.Has(Fault.Slowness) ? _world.Dice.Number(10, 12_000) : _world.Dice.Number(10, 1_500), () => StartAgent(job, uid));
    }

    private void StartAgent(int job, int uid)
    {
        if (!IsUnfinished(job, uid))
        {
            return;
        }

        if (job >= _world.Size.Jobs)
        {
            _world.After(_world.Dice.Number(100, 20_000), () => Finish(job, uid));
        }
        else if (!_world.Strikes(Fault.PodFailure, 250) && _world.Buildkite.Acquire(job))
        {
            _world.After(_world.Dice.Number(0, 4) == 0 ? _world.Dice.Number(10_000, 25_000) : _world.Dice.Number(100, 9_000), () =>
            {
                // A pod that was deleted takes its agent with it: the Buildkite job has ended either way.
                _world.Buildkite.Finish(job, "by its agent");
                Finish(job, uid);
            });
        }
        else
        {
            Finish(job, uid);
        }
    }

    private void Finish(int job, int uid)
    {
        if (!IsUnfinished(job, uid))
        {
            return;
        }

        _jobs[job].IsFinished = true;
        Unfinished--;
        Record(job, KubernetesJobState.Finished);
        _world.After(_world.Dice.Number(500, 15_000), () =>
        {
            if (_jobs[job].Uid == uid)
            {
                Delete(job);
            }
        });
    }

    private bool IsUnfinished(int job, int uid) => _jobs[job] is { Exists: true, IsFinished: false } found && found.Uid == uid;

    private void Record(int job, KubernetesJobState state)
    {
        var revision = NextRevision();
        _jobs[job].Revision = revision;
        Log.Add(new JobChange(new Observed(Ids.Of(job), state, new Revision(revision), _jobs[job].Grant), _world.Now));
        if (_world.IsTraced)
        {
            _world.Note($"KUBERNETES: Job of j{job} is {state}, grant {_jobs[job].Grant?.ToString() ?? "none"}, revision {revision}; unfinished now: {Unfinished}");
        }
    }

    private struct ModelJob
    {
        public bool Exists;
        public bool IsFinished;
        public int Uid;
        public long Revision;
        public GrantId? Grant;
    }
}
