using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.Time.Testing;

namespace Scheduler.Cluster.Tests.Support;

/// <summary>An actor system whose timers and whose code's clock both stand still until the test moves them.</summary>
public abstract class VirtualTimeKit() : TestKit("""
    akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
    akka.loglevel = WARNING
    """)
{
    protected FakeTimeProvider Time { get; } = new();

    /// <summary>Moves both clocks in small steps, so that periodic timers fire as they would.</summary>
    protected void Advance(TimeSpan span)
    {
        var scheduler = (TestScheduler)Sys.Scheduler;
        var step = TimeSpan.FromMilliseconds(250);
        for (var moved = TimeSpan.Zero; moved < span; moved += step)
        {
            Time.Advance(step);
            scheduler.Advance(step);
        }
    }
}
