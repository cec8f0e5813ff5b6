using CsCheck;
using Scheduler.Kubernetes.Watching;

namespace Scheduler.Kubernetes.Tests.Watching;

public sealed class WatchBackOffTests
{
    [Fact]
    public void WaitsGrowFromAFifthOfASecondToHalfAMinute()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(200), WatchBackOff.After(1, 1));
        Assert.Equal(TimeSpan.FromMilliseconds(400), WatchBackOff.After(2, 1));
        Assert.Equal(TimeSpan.FromSeconds(30), WatchBackOff.After(1000, 1));
    }

    [Fact]
    public void ChanceSpreadsAWaitOverItsSecondHalf() =>
        Gen.Select(Gen.Int[1, 10_000], Gen.Double[0, 1]).Sample((failures, chance) =>
            Assert.InRange(WatchBackOff.After(failures, chance), WatchBackOff.After(failures, 1) / 2, WatchBackOff.After(failures, 1)));
}
