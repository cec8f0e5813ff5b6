using System.Collections.Immutable;
using Scheduler.Core.Jobs;

namespace Scheduler.Buildkite;

/// <summary>One page of the list of waiting jobs. Not a snapshot: jobs may appear behind the cursor.</summary>
/// <param name="Jobs">Oldest first. Jobs with the same rules share one array.</param>
/// <param name="Paused">The queue is paused: jobs are listed, none may be started.</param>
/// <param name="HasNextPage">There is more, and <see cref="EndCursor"/> leads to it.</param>
/// <param name="EndCursor">Where this page ends; null on an empty page.</param>
/// <param name="Delay">How long the service wants to be left alone before the next list call; null when it did not say.</param>
public sealed record ScheduledPage(ImmutableArray<ScheduledJob> Jobs, bool Paused, bool HasNextPage, string? EndCursor, TimeSpan? Delay);
