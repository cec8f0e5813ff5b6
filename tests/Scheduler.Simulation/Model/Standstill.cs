namespace Scheduler.Simulation.Model;

/// <summary>Which clocks stand still with a process.</summary>
internal enum Standstill
{
    /// <summary>The process alone stands still.</summary>
    NoClock,

    /// <summary>The machine is suspended.</summary>
    MonotonicClock,

    /// <summary>The virtual machine is paused, and nobody sets its clock afterwards.</summary>
    BothClocks,
}
