using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;

namespace Scheduler.Cluster.Batching;

// These messages stay on their node: each node has one JobStates and one Notifications actor for its own job actors.

/// <summary>To <c>JobStates</c>: tell the sender this job's Buildkite state at every round, until <see cref="UnwatchState"/> or its end.</summary>
public sealed record WatchState(JobId Job);

/// <summary>To <c>JobStates</c>: no more of it.</summary>
public sealed record UnwatchState(JobId Job);

/// <summary>To <c>JobStates</c>: tell the sender this job's state once, as soon as the rate limit allows.</summary>
public sealed record AskState(JobId Job);

/// <summary>From <c>JobStates</c>.</summary>
/// <param name="Job">The job.</param>
/// <param name="State">Its state; <see cref="JobState.Unknown"/> when Buildkite does not know it; null when Buildkite could not be asked.</param>
public sealed record StateIs(JobId Job, JobState? State);

/// <summary>To <c>Notifications</c>: a line for the job's timeline, sent with others within a moment.</summary>
/// <param name="Job">The job.</param>
/// <param name="Detail">Cropped to 255 bytes when sent.</param>
public sealed record Notify(JobId Job, string Detail);
