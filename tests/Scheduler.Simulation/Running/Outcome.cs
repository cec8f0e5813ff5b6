using Scheduler.Simulation.Adversary;

namespace Scheduler.Simulation.Running;

/// <summary>How one run ended.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Broken">What was wrong; null = nothing.</param>
/// <param name="Steps">Things that happened.</param>
/// <param name="Hits">Throws that brought a fault.</param>
/// <param name="Trace">What happened; empty unless asked for.</param>
internal sealed record Outcome(Plan Plan, string? Broken, int Steps, IReadOnlyList<long> Hits, IReadOnlyList<string> Trace);
