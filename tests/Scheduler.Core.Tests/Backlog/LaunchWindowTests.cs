using Scheduler.Core.Backlog;

namespace Scheduler.Core.Tests.Backlog;

public sealed class LaunchWindowTests
{
    [Fact]
    public void ItGrowsWithEveryLaunchUpToABound()
    {
        var window = new LaunchWindow(10);
        Assert.Equal(40, window.Size);
        Assert.Equal(41, window.Launched().Size);
        Assert.Equal(120, Enumerable.Range(0, 500).Aggregate(window, (w, _) => w.Launched()).Size);
    }

    [Fact]
    public void ItHalvesWithEveryFailureDownToTheConcurrency()
    {
        var window = new LaunchWindow(10).Failed();
        Assert.Equal(20, window.Size);
        Assert.Equal(10, window.Failed().Failed().Size);
    }
}
