namespace Scheduler.Kubernetes.Tests.Leases;

/// <summary>One machine's clock: it began at another time than the common one and runs a little faster or slower.</summary>
internal sealed class SkewedClock(TimeProvider common, TimeSpan offset, double rate, TimeSpan wallOffset) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (offset + (common.GetElapsedTime(0, common.GetTimestamp()) * rate)).Ticks;

    public override DateTimeOffset GetUtcNow() => common.GetUtcNow() + wallOffset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        common.CreateTimer(callback, state, dueTime, period);

    /// <summary>A moment of this clock as the common clock's time since its start.</summary>
    public TimeSpan ToCommon(TimeSpan moment) => (moment - offset) / rate;
}
