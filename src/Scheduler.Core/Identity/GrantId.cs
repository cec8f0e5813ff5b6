namespace Scheduler.Core.Identity;

/// <summary>Names one grant among all ever made: the epoch of the limiter that made it and its number within that epoch.</summary>
public readonly record struct GrantId(Epoch Epoch, long Number)
{
    public override string ToString() => $"{Epoch}/{Number}";
}
