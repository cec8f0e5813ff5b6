using Scheduler.Core.Protocol;

namespace Scheduler.Simulation.Model;

/// <summary>One change of a Job and when it truly happened.</summary>
internal readonly record struct JobChange(Observed Seen, long At);
