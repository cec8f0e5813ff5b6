using Scheduler.Core.Identity;
using Scheduler.Core.Launching;

namespace Scheduler.Core.Tests.Launching;

public sealed class CreateTimeTests
{
    [Theory]
    [InlineData(10, 0, 0, 9.0)]
    [InlineData(10, 4, 4, 5.0)]
    [InlineData(10, 4, 6, 3.0)]
    [InlineData(10, 4, -60, 5.0)]
    [InlineData(10, 8, 8, 1.0)]
    [InlineData(10, 8.5, 8.5, null)]
    [InlineData(10, 1, 60, null)]
    [InlineData(60, 0, 0, 10.0)]
    public void ACreateEndsBeforeItsGrantByWhicheverClockRanFurther(double remaining, double monotonic, double wall, double? seconds)
    {
        var sent = new ClockReading(new Moment(TimeSpan.FromHours(1)), DateTimeOffset.UnixEpoch);
        var now = new ClockReading(sent.Monotonic + TimeSpan.FromSeconds(monotonic), sent.Utc.AddSeconds(wall));
        Assert.Equal(seconds, CreateTime.For(TimeSpan.FromSeconds(remaining), sent, now, new CreateLimits())?.TotalSeconds);
    }
}
