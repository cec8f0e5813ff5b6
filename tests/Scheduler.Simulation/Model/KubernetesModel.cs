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

    /// <summary>How often it was restored.</summary>
    public int Restores { get; private set; }

    private long StandsStillUntil { get; set; }

    /// <summary>All is as it was at a moment. What ran since has lost its agent, what had ended since ends again.</summary>
    public void Restore(long to)
    {
        Restores++;
        Log.RemoveAll(change => change.At > to);
        _revision = Math.Max(Log.Count > 0 ? Log[^1].Seen.Revision.Value : 1, _world.Lease.Restore(to));
        _world.Note($"the store is restored to revision {_revision}, of {to / 1000.0:0.000}");
        var before = _jobs.ToArray();
        Array.Clear(_jobs);
        foreach (var seen in Log.Select(change => change.Seen))
        {
            _jobs[Ids.NumberOf(seen.Job)] = new ModelJob
            {
                Exists = seen.State != KubernetesJobState.Absent,
                IsFinished = seen.State == KubernetesJobState.Finished,
                Revision = seen.Revision.Value,
                Grant = seen.Grant,
            };
        }

        Unfinished = 0;
        for (var i = 0; i < _jobs.Length; i++)
        {
            var (job, uid) = (i, before[i].Uid + 1);
            _jobs[i].Uid = uid;
            if (_jobs[i] is { Exists: true, IsFinished: false })
            {
                Unfinished++;
                _world.After(_world.Dice.Number(500, 15_000), () => StartAgent(job, uid));
            }
            else if (_jobs[i].Exists)
            {
                _world.After(_world.Dice.Number(500, 15_000), () => Delete(job, uid));
            }

            _world.Buildkite.LoseAgent(i);
        }
    }

    /// <summary>The store carries nothing out until then.</summary>
    public void StandStill(long until)
    {
        StandsStillUntil = Math.Max(until, StandsStillUntil);
        _world.Note($"the store stands still until {StandsStillUntil / 1000.0:0.000}");
    }

    /// <summary>Carries a request out now; when the store stands still, after it goes on.</summary>
    public void Carry(Action request)
    {
        if (StandsStillUntil > _world.Now)
        {
            _world.After(StandsStillUntil - _world.Now + _world.Dice.Number(0, _world.Dice.Number(0, 1) == 0 ? 20 : 200), request);
        }
        else
        {
            request();
        }
    }

    /// <summary>A create arrives.</summary>
    /// <param name="job">Whose.</param>
    /// <param name="grant">The grant in its annotation.</param>
    /// <param name="stoodStill">Its sender's machine has stood still with both clocks since the grant was claimed.</param>
    /// <param name="answered">Told what came of it.</param>
    public void Create(int job, GrantId grant, bool stoodStill, Action<CreateAnswer> answered)
    {
        if (_world.HasFence && grant.Epoch.Value < _world.Lease.FencedEpoch)
        {
            if (_world.IsTraced)
            {
                _world.Note($"KUBERNETES: the create of j{job} with {grant} is refused: the epoch is {_world.Lease.FencedEpoch}");
            }

            answered(CreateAnswer.Refused);
            return;
        }

        Carry(() =>
        {
            if (_jobs[job].Exists)
            {
                answered(CreateAnswer.AlreadyExists);
                return;
            }

            Put(job, grant);
            _world.Promises.Created(job, grant, stoodStill);
            answered(CreateAnswer.Created);
        });
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
        _world.After(_world.Dice.Number(500, 15_000), () => Delete(job, uid));
    }

    private void Delete(int job, int uid)
    {
        if (_jobs[job].Uid == uid)
        {
            Delete(job);
        }
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
