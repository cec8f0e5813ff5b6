using Scheduler.Chaos.Faults;

namespace Scheduler.Chaos;

/// <summary>A fault that has struck.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Recovery">From its end until jobs were created steadily again.</param>
internal sealed record FaultRecord(Fault Fault, TimeSpan Recovery);
