using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Core.Ledger;
using Scheduler.Core.Limiter;
using Scheduler.Core.Protocol;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Parts;

/// <summary>A limiter: the real <see cref="LimiterCore"/>, carried out as LimiterActor does.</summary>
internal sealed class LimiterPart
{
    private const int LeaseInterval = 1_000;
    private const int TickInterval = 250;
    private const int ListPause = 500;
    private const int ListPatience = 30_000;
    private const int ReadPatience = 10_000;

    private readonly World _world;
    private readonly Node _node;
    private readonly LeasePart _lease;
    private readonly Dictionary<JobId, (Node Asker, Action<ITokenAnswer> Answer)> _takers = [];
    private readonly Dictionary<long, (Claim Claim, Node Asker, Action<ITokenAnswer> Answer)> _claimers = [];
    private Epoch _believed;
    private long _lastTicket;
    private int _looks;
    private Action? _handedOver;
    private bool _stopped;

    public LimiterPart(World world, Node node)
    {
        (_world, _node) = (world, node);
        Name = $"limiter@{node}.{node.Incarnation}.{world.Now}";
        _lease = new LeasePart(world, node, Name);
        Core = LimiterCore.Create(world.Rules.Limit(world.Limit), new LedgerSettings
        {
            SecondLookAfter = world.Rules.SecondLookAfter,

            // So that few grants are settled by lists too.
            MostReads = (int)(world.Plan.Seed % 5),
        });
        world.Promises.LimitAdopted(world.Limit);
    }

    public string Name { get; }

    public LimiterCore Core { get; private set; }

    public void Start()
    {
        LeaseDue();
        Tick();
    }

    public void Take(Take take, Node asker, Action<ITokenAnswer> answer)
    {
        if (!_stopped)
        {
            _takers[take.Job] = (asker, answer);
            Carry(Core.Take(take, _node.Clocks));
        }
    }

    public void Claim(Claim claim, Node asker, Action<ITokenAnswer> answer)
    {
        if (_stopped)
        {
            return;
        }

        _claimers[++_lastTicket] = (claim, asker, answer);
        Carry(Core.Claim(claim, _lastTicket, _node.Clocks));
    }

    public void Return(Return returned) => Carry(Core.Return(returned, _node.Clocks));

    public void Observe(Observed observed) => Carry(Core.Observe(_world.Rules.Observe(observed, Core.Ledger), _node.Clocks));

    public void Apply(Snapshot snapshot)
    {
        Carry(Core.Apply(snapshot, _node.Clocks));
        if (!_world.Rules.LooksForWhatIsMissed)
        {
            foreach (var holder in Core.Ledger.Holders.Values.Where(holder => holder.Running is { IsMissed: true }))
            {
                Carry(Core.Observe(new Observed(holder.Job, KubernetesJobState.Absent, holder.Running!.Revision, null), _node.Clocks));
            }
        }
    }

    public void ChangeLimit(int limit)
    {
        _world.Promises.LimitAdopted(limit);
        Carry(Core.ChangeLimit(_world.Rules.Limit(limit), _node.Clocks));
    }

    /// <param name="done">Called once it has stopped.</param>
    public void HandOver(Action done)
    {
        _handedOver = done;
        if (_world.Rules.DrainsBeforeHandOver)
        {
            Carry(Core.HandOver(_node.Clocks));
        }
        else
        {
            _lease.Release(Stop);
        }
    }

    /// <summary>Ends it without any word to anybody.</summary>
    public void Kill() => _stopped = true;

    private void Stop()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _world.Note($"{Name} stops");
        _handedOver?.Invoke();
    }

    private void LeaseDue()
    {
        if (!_stopped)
        {
            Carry(Core.LeaseDue(_node.Clocks));
            _world.After(LeaseInterval, _node, LeaseDue);
        }
    }

    private void Tick()
    {
        if (!_stopped)
        {
            Carry(Core.Tick(_node.Clocks));
            foreach (var job in Core.Ledger.Reads.Keys.Where(_ => !_world.Rules.WaitsForConfirmations))
            {
                Confirm(job);
            }

            _world.After(TickInterval, _node, Tick);
        }
    }

    private void Carry(LimiterStep step)
    {
        if (_stopped)
        {
            return;
        }

        var before = Core;
        Core = step.Core;
        if (_world.IsTraced && before.Phase != Core.Phase)
        {
            _world.Note($"{Name}: {before.Phase} -> {Core.Phase}, epoch {Core.Term?.Epoch.ToString() ?? "none"}, limit {Core.Ledger.Limit}, holders [{string.Join(' ', Core.Ledger.Holders.Keys.Order().Select(Ids.Show))}]");
        }

        foreach (var effect in step.Told)
        {
            Tell(effect);
        }

        foreach (var (ticket, answer) in step.Answers)
        {
            _claimers.Remove(ticket, out var claimer);
            if (answer is LedgerEffect.Grant grant)
            {
                _world.Promises.Claimed(grant.Job, claimer.Claim.Grant, grant.Id);
            }

            Answer(_world.Rules.ToClaimer(claimer.Claim, answer), claimer.Asker, claimer.Answer);
            Disasters.StandStillPerhaps(_world, _node);
        }

        foreach (var call in step.Calls)
        {
            Make(call);
        }

        _world.Promises.Check(Core.Ledger, _node.Clocks.Monotonic);
    }

    private void Tell(LedgerEffect effect)
    {
        switch (effect)
        {
            case LedgerEffect.Grant grant:
                _world.Promises.Granted(grant.Job, grant.Id, Core.Ledger.Limit);
                Answer(effect, grant.Job);
                Disasters.StandStillPerhaps(_world, _node);
                break;
            case LedgerEffect.Deny deny:
                Answer(effect, deny.Job);
                break;
            case LedgerEffect.Forget forget:
                _takers.Remove(forget.Job);
                break;
            case LedgerEffect.AskForConfirmation ask:
                Confirm(ask.Job);
                break;
        }
    }

    private void Confirm(JobId job)
    {
        if (!_world.Rules.ConfirmsExpiry)
        {
            Carry(Core.Confirm(new Confirmed(job, KubernetesJobState.Absent, Revision.None, null), _node.Clocks));
            return;
        }

        Look(1);
        _world.Call(
            _node,
            Fault.CreateTrouble,
            ReadPatience,
            $"confirmation of {Ids.Show(job)}",
            () =>
            {
                var (state, revision, createdWith) = _world.Kubernetes.Read(Ids.NumberOf(job));
                return new Confirmed(job, state, revision, createdWith);
            },
            confirmed =>
            {
                Look(-1);
                if (_world.IsTraced)
                {
                    _world.Note($"{Name}: the Job of {Ids.Show(job)} is {confirmed.State}");
                }

                Carry(Core.Confirm(confirmed, _node.Clocks));
            },
            () =>
            {
                Look(-1);
                Carry(Core.ConfirmFailed(job, _node.Clocks));
            });
    }

    private void Look(int change)
    {
        _looks += change;
        _world.Promises.Looking(_looks);
    }

    private void Make(LimiterCall call)
    {
        switch (call)
        {
            case LimiterCall.AcquireLease:
                _lease.TryAcquire(LeaseAnswered, LeaseFailed);
                break;
            case LimiterCall.RenewLease renew:
                Renew(renew.Above);
                break;
            case LimiterCall.RenewLater later:
                _world.After((int)Math.Ceiling(later.Pause.TotalMilliseconds), _node, () => Carry(Core.RenewalDue(_node.Clocks)));
                break;
            case LimiterCall.ListJobs list:
                List(list.BegunIn);
                break;
            case LimiterCall.ListLater:
                _world.After(ListPause, _node, () => Carry(Core.ListDue(_node.Clocks)));
                break;
            case LimiterCall.ReleaseLease:
                _lease.Release(Stop);
                break;
        }
    }

    private void Renew(Epoch? above)
    {
        var rules = _world.Rules;
        if (above is { } exceeded && !rules.RaisesInTheLease)
        {
            _believed = new Epoch(exceeded.Value + 1);
            above = null;
        }

        if (Core.Phase == LimiterPhase.Granting && (!rules.LooksAfterRenewal || !rules.RenewsBeforeClaims))
        {
            // Believed before it is known; the real answer comes as one that was not asked for.
            var epoch = above is null ? Core.Term!.Epoch : new Epoch(above.Value.Value + 1);
            _believed = !rules.LooksAfterRenewal && epoch.Value > _believed.Value ? epoch : _believed;
            Carry(Core.LeaseAnswered(Core.Term! with { Epoch = rules.LooksAfterRenewal ? Core.Term.Epoch : epoch }, _node.Clocks));
        }

        _lease.TryRenew(above, LeaseAnswered, LeaseFailed);
    }

    private void LeaseAnswered(GrantAuthority? term)
    {
        term = term is not null && term.Epoch.Value < _believed.Value ? term with { Epoch = _believed } : term;
        Carry(Core.LeaseAnswered(term is null ? null : _world.Rules.Term(term), _node.Clocks));
    }

    private void LeaseFailed() => Carry(Core.LeaseFailed(_node.Clocks));

    private void List(Epoch? begunIn)
    {
        if (!_world.Rules.ListsBeforeGranting)
        {
            Carry(Core.Listed(new Snapshot([], Revision.None), begunIn, _node.Clocks));
            return;
        }

        if (Core.Phase == LimiterPhase.Recovering && _world.Strikes(Fault.SlowList, 300))
        {
            var jobs = _world.Kubernetes.List();
            var delay = Disasters.LateList(_world, _node);
            Look(1);
            _world.Note($"  fault: list of {_node} as of revision {jobs.Revision} is answered after {delay} ms");
            _world.After(delay, _node, () => Listed(jobs, begunIn));
            return;
        }

        Look(1);
        _world.Call(
            _node,
            Fault.SlowList,
            ListPatience,
            "list",
            _world.Kubernetes.List,
            jobs => Listed(jobs, begunIn),
            () =>
            {
                Look(-1);
                Carry(Core.ListFailed(_node.Clocks));
            });
    }

    private void Listed(Snapshot jobs, Epoch? begunIn)
    {
        Look(-1);
        Carry(Core.Listed(jobs, _world.Rules.ListBegunIn(begunIn, Core.Term?.Epoch), _node.Clocks));
    }

    private void Answer(LedgerEffect effect, JobId job)
    {
        if (_takers.Remove(job, out var taker))
        {
            Answer(effect, taker.Asker, taker.Answer);
        }
    }

    private void Answer(LedgerEffect effect, Node asker, Action<ITokenAnswer> answer)
    {
        ITokenAnswer message;
        switch (effect)
        {
            case LedgerEffect.Grant grant:
                message = new Granted(grant.Job, grant.Id, _world.Rules.Remaining(grant.Remaining));
                break;
            case LedgerEffect.Deny deny:
                message = new Denied(deny.Job, deny.Reason);
                break;
            default:
                return;
        }

        var what = _world.IsTraced ? Describe(message) : "";
        if (_world.IsTraced)
        {
            _world.Note($"{Name} to {asker}: {what}");
        }

        _world.Send(_node, asker.Index, what, _ => answer(message));
    }

    private static string Describe(ITokenAnswer answer) => answer is Granted granted
        ? $"Granted {Ids.Show(granted.Job)} {granted.Grant} for {granted.Remaining.TotalSeconds:0.000} s"
        : $"Denied {Ids.Show(answer.Job)} {((Denied)answer).Reason}";
}
