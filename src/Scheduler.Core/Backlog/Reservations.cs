using System.Collections.Immutable;
using Scheduler.Core.Identity;

namespace Scheduler.Core.Backlog;

/// <summary>A job with a token that is to be reserved, and until when that token can be used.</summary>
public readonly record struct PendingReservation(JobId Job, GrantId Grant, Moment Deadline);

/// <summary>
/// What is to be reserved next. First reservations go before extensions: a token waits for them. Buildkite allows ten calls a
/// second and a thousand jobs a call, so what comes in while a call is under way goes out together with the next one.
/// Immutable.
/// </summary>
public sealed record Reservations
{
    /// <summary>Jobs per call: the limit of the Stacks API.</summary>
    public const int MostPerCall = 1000;

    public static Reservations None { get; } = new();

    public ImmutableQueue<PendingReservation> First { get; private init; } = [];

    public ImmutableHashSet<JobId> Extensions { get; private init; } = [];

    public bool IsEmpty => First.IsEmpty && Extensions.IsEmpty;

    public Reservations Reserve(PendingReservation pending) => this with { First = First.Enqueue(pending) };

    public Reservations Extend(JobId job) => this with { Extensions = Extensions.Add(job) };

    /// <summary>
    /// The next first reservations, at most one call's worth, without those whose token ends before
    /// <paramref name="usefulUntil"/>: nobody could launch them in time.
    /// </summary>
    public (Reservations Left, ImmutableArray<PendingReservation> Batch, ImmutableArray<PendingReservation> TooLate) NextFirst(Moment usefulUntil)
    {
        var (rest, batch, tooLate) = (First, ImmutableArray.CreateBuilder<PendingReservation>(), ImmutableArray.CreateBuilder<PendingReservation>());
        while (!rest.IsEmpty && batch.Count < MostPerCall)
        {
            rest = rest.Dequeue(out var pending);
            (pending.Deadline <= usefulUntil ? tooLate : batch).Add(pending);
        }

        return (this with { First = rest }, batch.ToImmutable(), tooLate.ToImmutable());
    }

    /// <summary>The next extensions, at most one call's worth.</summary>
    public (Reservations Left, ImmutableArray<JobId> Batch) NextExtensions()
    {
        ImmutableArray<JobId> batch = [.. Extensions.Take(MostPerCall)];
        return (this with { Extensions = Extensions.Except(batch) }, batch);
    }
}
