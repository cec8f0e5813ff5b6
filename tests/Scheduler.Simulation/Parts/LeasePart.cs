using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Kubernetes.Leases;
using Scheduler.Simulation.Adversary;
using Scheduler.Simulation.Model;

namespace Scheduler.Simulation.Parts;

/// <summary>
/// One incarnation's hold on the lease: the order of calls of KubernetesLeaseHolder around the real
/// <see cref="LeaseRules"/>. One operation at a time; what is answered after its patience is not heard.
/// </summary>
internal sealed class LeasePart(World world, Node node, string identity)
{
    private const int Patience = 2_000;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Usable = Duration - TimeSpan.FromMilliseconds(500);

    private LeaseObservation? _seen;
    private LeaseRecord? _held;
    private LeaseTerm? _term;
    private long _giveUpAt;

    public void TryAcquire(Action<GrantAuthority?> answered, Action failed)
    {
        _giveUpAt = world.Now + Patience;
        Renew(above: null, term =>
        {
            if (term is not null)
            {
                answered(term);
                return;
            }

            Forget();
            Read(current => Take(current, answered, failed), failed);
        }, failed);
    }

    public void TryRenew(Epoch? above, Action<GrantAuthority?> answered, Action failed)
    {
        _giveUpAt = world.Now + Patience;
        Renew(above, answered, failed);
    }

    /// <summary>Frees the record if it names us.</summary>
    public void Release(Action done)
    {
        _giveUpAt = world.Now + Patience;
        Forget();
        Read(
            current =>
            {
                if (current is null || current.Holder != identity)
                {
                    done();
                    return;
                }

                Call("lease write", () => world.Lease.Write(current with { Holder = "", Duration = TimeSpan.FromSeconds(1) }), _ => done(), done);
            },
            done);
    }

    private void Take(LeaseRecord? current, Action<GrantAuthority?> answered, Action failed)
    {
        var now = node.Clocks;
        _seen = current is null ? _seen : LeaseObservation.Update(_seen, current, now.Monotonic);
        switch (world.Rules.Acquire(current is not null, _seen, identity, Duration, now.Monotonic))
        {
            case LeaseDecision.Create create:
                Write("", create.Transitions, answered, failed);
                break;
            case LeaseDecision.Take take:
                Write(take.Version, take.Transitions, answered, failed);
                break;
            default:
                answered(null);
                break;
        }
    }

    private void Renew(Epoch? above, Action<GrantAuthority?> answered, Action failed)
    {
        if (_held is not { } held || !_term!.IsValidAt(node.Clocks))
        {
            answered(null);
            return;
        }

        Write(
            held.Version,
            LeaseRules.Raised(held.Transitions, above),
            term =>
            {
                if (term is not null)
                {
                    answered(term);
                    return;
                }

                Read(
                    current =>
                    {
                        if (LeaseRules.IsStillOurs(held, current))
                        {
                            Write(current!.Version, LeaseRules.Raised(current.Transitions, above), late => { if (late is null) { Forget(); } answered(late); }, failed);
                        }
                        else
                        {
                            Forget();
                            answered(null);
                        }
                    },
                    failed);
            },
            failed);
    }

    private void Read(Action<LeaseRecord?> answered, Action failed) => Call("lease read", () => world.Lease.Current, answered, failed);

    private void Write(string version, long transitions, Action<GrantAuthority?> answered, Action failed)
    {
        var sent = node.Clocks;
        var wanted = new LeaseRecord(identity, Duration, transitions, version);
        Call(
            "lease write",
            () => world.Lease.Write(wanted),
            written =>
            {
                if (written is null)
                {
                    answered(null);
                    return;
                }

                var now = node.Clocks;
                _held = written;
                _seen = LeaseObservation.Update(_seen, written, now.Monotonic);
                _term = LeaseRules.Term(written.Transitions, sent, now, Usable);
                answered(new GrantAuthority(_term.Epoch, _term.ValidUntil) { ValidUntilUtc = _term.ValidUntilUtc });
            },
            failed);
    }

    private void Call(string what, Func<LeaseRecord?> serve, Action<LeaseRecord?> answered, Action failed) =>
        world.Call(node, Fault.LeaseTrouble, (int)Math.Max(10, _giveUpAt - world.Now), what, serve, answered, failed);

    private void Forget() => (_held, _term) = (null, null);
}
