namespace Scheduler.Chaos.Faults;

/// <summary>What a fault does, roughly.</summary>
internal enum FaultKind
{
    /// <summary>Processes end without a word.</summary>
    Kill,

    /// <summary>A process stands still and then goes on as if nothing had been.</summary>
    Stall,

    /// <summary>Processes end in good order.</summary>
    Restart,

    /// <summary>Messages vanish.</summary>
    Partition,

    /// <summary>Buildkite is of no use.</summary>
    Outage,

    /// <summary>Everything works, and badly.</summary>
    Slowness,

    /// <summary>A wall clock is wrong.</summary>
    Clock,
}
