using Scheduler.Core.Identity;

namespace Scheduler.Sandbox.Buildkite.Model;

/// <summary>An agent with an open session.</summary>
/// <param name="Id">Its UUID; part of its session token.</param>
/// <param name="Name">As it called itself.</param>
/// <param name="Queue">Key of the queue whose jobs it may take.</param>
/// <param name="TakesDispatches">False for an agent in acquire mode, which is never assigned a job by ping.</param>
/// <param name="LastSeen">Its last call that counts as a sign of life.</param>
public sealed record Agent(Guid Id, string Name, string Queue, bool TakesDispatches, DateTimeOffset LastSeen)
{
    /// <summary>The job it was last given; null before the first.</summary>
    public JobId? Job { get; init; }
}
