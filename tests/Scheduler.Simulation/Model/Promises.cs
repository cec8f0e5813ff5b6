using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;

namespace Scheduler.Simulation.Model;

/// <summary>The promises of DESIGN.md, looked after at every step that could break one.</summary>
internal sealed class Promises(World world)
{
    /// <summary>How long a limiter may take to notice that a grant is past its deadline: two of its ticks.</summary>
    private static readonly TimeSpan TickSlack = TimeSpan.FromMilliseconds(1_100);

    /// <summary>What a failure begins with that came of the hole which the README names: no fence, and a creator that stood still.</summary>
    public const string NamedHole = "the named hole: ";

    /// <summary>Reads and a list at a time, whatever happens.</summary>
    private static readonly int MostLooks = new LedgerSettings().MostReads + 1;

    private bool _isHoleTaken;

    private readonly List<int> _limits = [];
    private readonly Dictionary<(JobId Job, GrantId Grant), (int Limit, int Since)> _grants = [];
    private readonly Dictionary<GrantId, JobId> _names = [];
    private readonly int[] _created = new int[64];
    private readonly bool[] _acquired = new bool[64];

    /// <summary>What is wrong; null while nothing is.</summary>
    public string? Broken { get; private set; }

    /// <summary>Every job is over, no Job is unfinished, and the limiter has all its tokens.</summary>
    public bool IsAtRest =>
        world.Buildkite.IsAllOver && world.Kubernetes.Unfinished == 0
        && world.Node[world.Cluster.Leader].Limiter?.Core is { Phase: Core.Limiter.LimiterPhase.Granting, Ledger: var ledger }
        && ledger.Holders.Count == 0 && ledger.Free == world.Rules.Limit(world.Limit);

    /// <summary>Some limiter works with this limit from now on.</summary>
    public void LimitAdopted(int limit) => _limits.Add(limit);

    public void Granted(JobId job, GrantId grant, int limit)
    {
        _grants.TryAdd((job, grant), (limit, _limits.Count));

        // A store that was restored has forgotten which names were given since the backup.
        if (!_names.TryAdd(grant, job) && _names[grant] != job && world.Kubernetes.Restores == 0)
        {
            Break($"promise 2: grant {grant} was made twice, for {Ids.Show(_names[grant])} and {Ids.Show(job)}");
        }
    }

    /// <summary>A claim under a later epoch gives the grant another name.</summary>
    public void Claimed(JobId job, GrantId grant, GrantId name)
    {
        if (grant != name && _grants.TryGetValue((job, grant), out var made))
        {
            _grants[(job, name)] = made;
        }
    }

    /// <summary>So many looks of one limiter at Kubernetes are not answered yet.</summary>
    public void Looking(int looks)
    {
        if (looks > MostLooks)
        {
            Break($"promise 5: {looks} confirmations are outstanding at once");
        }
    }

    /// <summary>
    /// Promise 1 and half of 3. The limit that counts is the highest any limiter worked with since the grant was made: one that
    /// was lowered since holds for grants made since.
    /// </summary>
    /// <param name="job">Whose Job.</param>
    /// <param name="grant">The grant it carries.</param>
    /// <param name="stoodStill">Its creator's machine has stood still with both clocks since it claimed the grant.</param>
    public void Created(int job, GrantId grant, bool stoodStill)
    {
        _isHoleTaken |= stoodStill && !world.HasFence;
        var (limit, since) = _grants[(Ids.Of(job), grant)];
        for (var i = since; i < _limits.Count; i++)
        {
            limit = Math.Max(limit, _limits[i]);
        }

        if (world.Kubernetes.Unfinished > limit)
        {
            Break($"promise 1: {world.Kubernetes.Unfinished} unfinished Jobs with a limit of {limit} after the create of j{job} with grant {grant}");
        }

        if (++_created[job] > 1 && _acquired[job])
        {
            Break($"promise 3: j{job} has run and got a second Job, with grant {grant}");
        }
    }

    public void Acquired(int job)
    {
        if (_acquired[job])
        {
            Break($"promise 3: j{job} is run twice");
        }

        _acquired[job] = true;
    }

    /// <summary>Promise 2, of one limiter's books.</summary>
    public void Check(TokenLedger ledger, Moment now)
    {
        var open = 0;
        foreach (var (job, holder) in ledger.Holders)
        {
            if (holder.IsEmpty)
            {
                Break($"promise 2: {Ids.Show(job)} holds a token for no reason");
            }

            if (holder.Grant is not { } grant)
            {
                continue;
            }

            open++;
            if (!grant.IsUnconfirmed && now - grant.Deadline > TickSlack && !_stoodStill)
            {
                Break($"promise 2: grant {grant.Id} of {Ids.Show(job)} is past its deadline and nobody asks about it");
            }
        }

        if (open != ledger.OpenGrants)
        {
            Break($"promise 2: {open} grants are open, the ledger counts {ledger.OpenGrants}");
        }
    }

    /// <summary>A limiter that stood still notices its deadlines only at its next tick.</summary>
    private readonly bool _stoodStill = (world.Faults & (Adversary.Fault.Pause | Adversary.Fault.Suspend)) != 0;

    /// <summary>The time is up: what is not at rest.</summary>
    public string Unrest()
    {
        var limiter = world.Node[world.Cluster.Leader].Limiter;
        return $"not at rest {(world.Now - world.Size.StormEnds) / 1000} s after the adversary stopped: "
            + (world.Buildkite.IsAllOver ? "" : "promise 3, jobs are left; ")
            + $"{world.Kubernetes.Unfinished} Jobs unfinished; limiter {limiter?.Core.Phase.ToString() ?? "none"}, "
            + $"free {limiter?.Core.Ledger.Free}, limit {world.Limit}";
    }

    private void Break(string what)
    {
        if (_isHoleTaken && !world.Rules.CountsTheNamedHole)
        {
            return;
        }

        what = _isHoleTaken ? NamedHole + what : what;
        Broken ??= what;
        world.Note($"BROKEN: {what}");
    }
}
