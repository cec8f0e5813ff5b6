using Scheduler.Core.Identity;

namespace Scheduler.Core.Ledger;

/// <summary>
/// Who holds one token and why: a grant that may still turn into a Kubernetes Job, an unfinished Job that was seen, or both
/// at once (a grant made while an older Job of the same name was not known). At least one of the two is there. Since the
/// Job's name follows from the job, both together never stand for more than one unfinished Job.
/// </summary>
public sealed record Holder(JobId Job, OpenGrant? Grant, RunningJob? Running)
{
    public bool IsEmpty => Grant is null && Running is null;
}

/// <summary>A grant whose use is not known yet.</summary>
/// <param name="Id">The grant, as its Job names it.</param>
/// <param name="Deadline">Until when its holder may create the Job, on the limiter's clock.</param>
/// <param name="IsClaimed">Somebody is about to create with it; nobody else may, so that one grant never makes two Jobs.</param>
public sealed record OpenGrant(GrantId Id, Moment Deadline, bool IsClaimed)
{
    /// <summary>What it was called when it was made: a claim under a later epoch gives it a new name.</summary>
    public GrantId GrantedAs { get; init; } = Id;

    /// <summary>The deadline has passed, so the holder creates nothing any more, but it may have created the Job before.</summary>
    public bool IsUnconfirmed { get; init; }

    /// <summary>
    /// A look at Kubernetes that begins at this moment or later shows whatever the grant was used for, for good;
    /// <see cref="Moment.Never"/> while that cannot be said.
    /// </summary>
    public Moment SettledBy { get; init; } = Moment.Never;

    public bool IsNamed(GrantId? grant) => grant == Id || grant == GrantedAs;
}

/// <summary>An unfinished Job that Kubernetes showed.</summary>
/// <param name="Revision">The most recent revision at which it was seen unfinished.</param>
/// <param name="SeenAt">When that was heard.</param>
public sealed record RunningJob(Revision Revision, Moment SeenAt)
{
    /// <summary>The watch does not show it any more, so that a list is to say whether it is there.</summary>
    public bool IsMissed { get; init; }
}
