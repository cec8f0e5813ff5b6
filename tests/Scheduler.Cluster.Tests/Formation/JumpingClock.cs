namespace Scheduler.Cluster.Tests.Formation;

/// <summary>The system's clock, as a process sees it that is frozen now and then: its timers fire as usual, and time has passed.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _jumped;

    public void Jump(TimeSpan time) => Interlocked.Add(ref _jumped, (long)(time.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _jumped);
}
