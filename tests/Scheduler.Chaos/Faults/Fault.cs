using Scheduler.Chaos.World;

namespace Scheduler.Chaos.Faults;

/// <summary>Something that goes wrong and is healed again by the time <paramref name="StrikeAsync"/> returns.</summary>
/// <param name="Name">For people.</param>
/// <param name="Kind">What it counts as.</param>
/// <param name="StrikeAsync">Does it. The dice decide whom it strikes and for how long.</param>
internal sealed record Fault(string Name, FaultKind Kind, Func<ChaosWorld, Random, CancellationToken, Task> StrikeAsync);
