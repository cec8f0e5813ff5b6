using System.Collections.Immutable;
using Scheduler.Core.Identity;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Ledger;

/// <summary>
/// The books of the limit: who holds a token, who waits for one. It guarantees that grants and unfinished Jobs together
/// never exceed the limit by its own doing (Jobs it did not know are adopted beyond it), and that every token is held either
/// by an unfinished Job that was seen or by a grant with a deadline. Immutable; owned by the limiter.
/// </summary>
/// <remarks>
/// Facts about Kubernetes come in any order, late, twice or not at all. They are ordered by revision, and a Job is tied to its
/// grant by an annotation, so a stale fact never frees a grant that can still be used. What a lost fact leaves behind is found
/// by the next snapshot. What a snapshot lacks is only asked about: a watch may have fallen silent, or follow a history that is
/// no more since the store was restored. A fresh look decides, and it is ordered by this process's clock, not by revisions.
/// </remarks>
public sealed partial record TokenLedger
{
    private TokenLedger(int limit, LedgerSettings settings)
    {
        Limit = limit;
        Settings = settings;
    }

    /// <summary>Most unfinished Jobs at once; 0 = unlimited.</summary>
    public int Limit { get; private init; }

    public LedgerSettings Settings { get; private init; }

    /// <summary>Null while nothing may be granted or claimed.</summary>
    public GrantAuthority? Authority { get; private init; }

    /// <summary>Nothing new is granted; what is open may still be claimed while there is authority.</summary>
    public bool IsDraining { get; private init; }

    public ImmutableDictionary<JobId, Holder> Holders { get; private init; } = ImmutableDictionary<JobId, Holder>.Empty;

    /// <summary>Best first.</summary>
    public ImmutableSortedSet<Waiter> Waiters { get; private init; } = ImmutableSortedSet<Waiter>.Empty;

    /// <summary>How many grants are not known to be used, returned or void.</summary>
    public int OpenGrants { get; private init; }

    /// <summary>Tokens free to be granted; never negative, and <see cref="int.MaxValue"/> when unlimited.</summary>
    public int Free => Limit == 0 ? int.MaxValue : Math.Max(0, Limit - Holders.Count);

    /// <summary>Reads of single Jobs that are under way, and when each began.</summary>
    public ImmutableDictionary<JobId, Moment> Reads { get; private init; } = ImmutableDictionary<JobId, Moment>.Empty;

    private ImmutableDictionary<JobId, Waiter> WaiterByJob { get; init; } = ImmutableDictionary<JobId, Waiter>.Empty;

    /// <summary>In the epoch <see cref="NumberedIn"/>.</summary>
    private long GrantsMade { get; init; }

    private GrantId NextGrant => new(Authority!.Epoch, Settings.Numbers?.Of(Authority.Epoch, GrantsMade + 1) ?? GrantsMade + 1);

    /// <summary>Whose grants are numbered. It outlives the authority: a term may be found to go on after it was given up.</summary>
    public Epoch? NumberedIn { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public static TokenLedger Create(int limit, LedgerSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentNullException.ThrowIfNull(settings);
        return new TokenLedger(limit, settings);
    }

    /// <summary>
    /// Starts or prolongs the right to grant. Only to be called with a snapshot taken since the lease was acquired already
    /// applied, or none of the Jobs of an earlier limiter would count.
    /// </summary>
    public LedgerStep Authorize(GrantAuthority authority, Moment now)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var numbered = authority.Epoch == NumberedIn ? GrantsMade : 0;
        return (this with { Authority = authority, GrantsMade = numbered, NumberedIn = authority.Epoch }).Serve(now);
    }

    /// <summary>
    /// Ends the right to grant, and to let grants be claimed: the lease is lost. Waiters stay; open grants stay until their
    /// deadlines, for some may have been claimed before.
    /// </summary>
    public TokenLedger Suspend() => this with { Authority = null };

    /// <summary>Grants nothing more, for good: a hand-over. Open grants may be used up while the lease lasts.</summary>
    public TokenLedger Drain() => this with { IsDraining = true };

    /// <summary>The right to grant ends sooner than was thought. Open grants keep their deadlines: they were promised.</summary>
    public TokenLedger Shorten(Moment validUntil) =>
        Authority is not null && validUntil < Authority.ValidUntil ? this with { Authority = Authority with { ValidUntil = validUntil } } : this;

    /// <summary>Whether a grant is open that its holder may still use: its deadline has not passed.</summary>
    public bool HasUsableGrant(Moment now)
    {
        if (OpenGrants > 0)
        {
            foreach (var (_, holder) in Holders)
            {
                if (holder.Grant is { } open && open.Deadline > now)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public LedgerStep ChangeLimit(int limit, Moment now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return (this with { Limit = limit }).Serve(now);
    }

    /// <summary>A request for a token. Repeated while a grant is open and unclaimed, it is answered with that same grant.</summary>
    public LedgerStep Take(Take take, Moment now)
    {
        ArgumentNullException.ThrowIfNull(take);
        if (Holders.TryGetValue(take.Job, out var holder))
        {
            if (holder.Running is not null)
            {
                return Only(new LedgerEffect.Deny(take.Job, DenialReason.AlreadyRunning));
            }

            if (holder.Grant is { IsClaimed: false, IsUnconfirmed: false } open && open.Deadline > now)
            {
                return Only(new LedgerEffect.Grant(take.Job, open.Id, open.Deadline - now));
            }
        }

        return Queue(new Waiter(take.Job, take.Priority, take.ScheduledAt, now + take.Patience)).Serve(now);
    }

    /// <summary>
    /// The holder is about to create: its grant gets its full lifetime again, if it still stands. Each grant can be claimed
    /// once; a claim whose answer was lost leaves the grant to expire.
    /// </summary>
    /// <remarks>
    /// Under another epoch than the one it was made in it gets a new name, which the Job is to carry: the API server may
    /// refuse the names of epochs that are over.
    /// </remarks>
    public LedgerStep Claim(Claim claim, Moment now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (!CanClaim(claim, now))
        {
            return Only(new LedgerEffect.Deny(claim.Job, DenialReason.GrantGone));
        }

        var holder = Holders[claim.Job];
        var open = holder.Grant!;
        var (id, made) = open.Id.Epoch == Authority!.Epoch ? (open.Id, GrantsMade) : (NextGrant, GrantsMade + 1);

        // Where no new grant may be made, what was granted may still be used up, but lives no longer.
        var deadline = LatestDeadline(now) ?? Moment.Earlier(open.Deadline, Authority.ValidUntil);
        return new LedgerStep(
            (this with { GrantsMade = made }).With(holder with { Grant = open with { Id = id, Deadline = deadline, IsClaimed = true } }),
            [new LedgerEffect.Grant(claim.Job, id, deadline - now)]);
    }

    /// <summary>Whether <see cref="Claim"/> would be granted.</summary>
    public bool CanClaim(Claim claim, Moment now)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Authority is not null && Authority.ValidUntil > now
            && Holders.TryGetValue(claim.Job, out var holder)
            && holder.Grant is { IsClaimed: false, IsUnconfirmed: false } open
            && open.Id == claim.Grant && open.Deadline > now;
    }

    /// <summary>
    /// Certainly nothing was created with this grant, or nobody has claimed it. Another grant than the one on record changes
    /// nothing, and a claimed one is given back by its claimer alone.
    /// </summary>
    public LedgerStep Return(Return returned, Moment now)
    {
        ArgumentNullException.ThrowIfNull(returned);
        return Holders.TryGetValue(returned.Job, out var holder) && holder.Grant is { } open && open.IsNamed(returned.Grant)
            && (returned.IsClaimed || !open.IsClaimed)
            ? With(holder with { Grant = null }).Serve(now)
            : None();
    }

    /// <summary>Ends a grant that nobody has claimed; a claimed one stays.</summary>
    public TokenLedger End(JobId job, GrantId grant) =>
        Holders.TryGetValue(job, out var holder) && holder.Grant is { IsClaimed: false } open && open.IsNamed(grant)
            ? With(holder with { Grant = null })
            : this;

    private LedgerStep Serve(Moment now)
    {
        var effects = ImmutableList.CreateBuilder<LedgerEffect>();
        var ledger = this;
        while (ledger.Waiters.Count > 0)
        {
            var best = ledger.Waiters[0];
            if (best.Deadline <= now)
            {
                ledger = ledger.Unqueue(best);
                effects.Add(new LedgerEffect.Forget(best.Job));
                continue;
            }

            if (ledger.Free == 0 || ledger.LatestDeadline(now) is not { } deadline)
            {
                break;
            }

            ledger = ledger.GrantTo(best, deadline, now, effects);
        }

        return new LedgerStep(ledger, effects.ToImmutable());
    }

    private TokenLedger GrantTo(Waiter waiter, Moment deadline, Moment now, ImmutableList<LedgerEffect>.Builder effects)
    {
        // A waiter whose job got a holder meanwhile (its Job was seen, or its last grant is being confirmed) waits no longer.
        if (Holders.TryGetValue(waiter.Job, out var holder))
        {
            effects.Add(holder.Running is null
                ? new LedgerEffect.Forget(waiter.Job)
                : new LedgerEffect.Deny(waiter.Job, DenialReason.AlreadyRunning));
            return Unqueue(waiter);
        }

        var id = NextGrant;
        effects.Add(new LedgerEffect.Grant(waiter.Job, id, deadline - now));
        return (Unqueue(waiter) with { GrantsMade = GrantsMade + 1 })
            .With(new Holder(waiter.Job, new OpenGrant(id, deadline, IsClaimed: false), null));
    }

    /// <summary>Until when a grant made now may live; null when none may be made.</summary>
    private Moment? LatestDeadline(Moment now)
    {
        if (Authority is null || IsDraining || now + Settings.ShortestGrant > Authority.ValidUntil)
        {
            return null;
        }

        return Moment.Earlier(now + Settings.GrantLifetime, Authority.ValidUntil);
    }

    private TokenLedger With(Holder holder)
    {
        var before = Holders.TryGetValue(holder.Job, out var known) && known.Grant is not null ? 1 : 0;
        var after = holder.Grant is not null ? 1 : 0;
        return ReferenceEquals(known, holder) || (known is null && holder.IsEmpty) ? this : this with
        {
            Holders = holder.IsEmpty ? Holders.Remove(holder.Job) : Holders.SetItem(holder.Job, holder),
            OpenGrants = OpenGrants - before + after,
        };
    }

    private TokenLedger Queue(Waiter waiter)
    {
        var ledger = WaiterByJob.TryGetValue(waiter.Job, out var former) ? Unqueue(former) : this;
        return ledger with
        {
            Waiters = ledger.Waiters.Add(waiter),
            WaiterByJob = ledger.WaiterByJob.SetItem(waiter.Job, waiter),
        };
    }

    private TokenLedger Unqueue(Waiter waiter) =>
        this with { Waiters = Waiters.Remove(waiter), WaiterByJob = WaiterByJob.Remove(waiter.Job) };

    private LedgerStep None() => new(this, []);

    private LedgerStep Only(LedgerEffect effect) => new(this, [effect]);
}
