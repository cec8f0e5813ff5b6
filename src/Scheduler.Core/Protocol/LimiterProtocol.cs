using Scheduler.Core.Identity;

namespace Scheduler.Core.Protocol;

/// <summary>What the limiter may answer to a <see cref="Take"/> or a <see cref="Claim"/>.</summary>
public interface ITokenAnswer : ICrossesNodes, IAboutJob;

/// <summary>
/// Asks for a token. Answered by <see cref="Granted"/> once one is free, by <see cref="Denied"/> when the job needs none,
/// and not at all when <paramref name="Patience"/> runs out first: the limiter then forgets the request.
/// </summary>
public sealed record Take(JobId Job, int Priority, DateTimeOffset ScheduledAt, TimeSpan Patience) : ICrossesNodes, IAboutJob;

/// <summary>
/// Asks, right before the Kubernetes Job is created, whether the grant still stands, and for its full lifetime again.
/// A job actor on another node counts that lifetime from the moment it sent this, so no clocks need to agree and no
/// time a message spent on its way is forgotten. One claim allows one create.
/// </summary>
public sealed record Claim(JobId Job, GrantId Grant) : ICrossesNodes, IAboutJob;

/// <summary>
/// A token, on loan: the receiver must have created the Kubernetes Job before <paramref name="Remaining"/> has passed,
/// counted from the moment it sent the request that this answers.
/// </summary>
/// <remarks>
/// The answer to a <see cref="Claim"/> names the grant that the Job is to carry: a newer name than it was claimed by, if the
/// epoch was raised meanwhile. It may be given back by either name.
/// </remarks>
public sealed record Granted(JobId Job, GrantId Grant, TimeSpan Remaining) : ITokenAnswer;

/// <summary>No token will come for this request.</summary>
public sealed record Denied(JobId Job, DenialReason Reason) : ITokenAnswer;

public enum DenialReason
{
    /// <summary>An unfinished Kubernetes Job of this job already exists.</summary>
    AlreadyRunning,

    /// <summary>The grant that was claimed is not on record any more: it expired, was returned or was used.</summary>
    GrantGone,
}

/// <summary>
/// Gives a token back: certainly nothing was created with this grant and nothing will be. A create of unknown outcome is
/// never returned. A Return with another grant than the one on record changes nothing. Of a grant that nobody has claimed it
/// is also the end (when the queue is paused): whoever claims it later is denied.
/// </summary>
public sealed record Return(JobId Job, GrantId Grant) : ICrossesNodes, IAboutJob
{
    /// <summary>
    /// The sender is who claimed the grant. Only then can it know that nothing was created with a grant that was claimed:
    /// others may have been told of the same grant, by a message that came twice or by a second JobFetcher.
    /// </summary>
    public bool IsClaimed { get; init; }
}
