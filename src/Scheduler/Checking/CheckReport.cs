using System.Collections.Immutable;

namespace Scheduler.Checking;

/// <summary>All there is to say before a start.</summary>
/// <param name="Checks">What was looked at.</param>
/// <param name="Plan">What the controller would do; empty without a configuration.</param>
internal sealed record CheckReport(ImmutableArray<CheckLine> Checks, ImmutableArray<PlanLine> Plan)
{
    /// <summary>Nothing failed.</summary>
    public bool Ok => Checks.All(line => line.Level != CheckLevel.Fail);
}

/// <summary>One thing the controller would do.</summary>
/// <param name="Name">A short name, stable for scripts.</param>
/// <param name="Value">As plain as possible: a number if it is one. Null when it is not known.</param>
/// <param name="Text">The same in words.</param>
internal sealed record PlanLine(string Name, object? Value, string Text);
