using Scheduler.Core.Identity;
using Scheduler.Simulation.Parts;

namespace Scheduler.Simulation.Model;

/// <summary>One process of the scheduler and the machine under it, with clocks of its own.</summary>
internal sealed class Node(World world, int index, long monotonicAhead, long wallAhead, int speedPerMille)
{
    private long _suspended;
    private long _wallAhead = wallAhead;

    public int Index => index;

    /// <summary>Which of the processes that ever ran here. What was meant for an earlier one is not heard.</summary>
    public int Incarnation { get; private set; }

    public bool IsAlive { get; private set; } = true;

    public long PausedUntil { get; private set; }

    public bool IsPaused => PausedUntil > world.Now;

    /// <summary>Cut off from the other nodes until then.</summary>
    public long IsolatedUntil { get; set; }

    public bool IsIsolated => IsolatedUntil > world.Now;

    /// <summary>Cut off from Kubernetes until then.</summary>
    public long ApiCutUntil { get; set; }

    public bool IsApiCut => ApiCutUntil > world.Now;

    /// <summary>The others have given it up; it restarts as soon as it notices.</summary>
    public bool IsDowned { get; set; }

    /// <summary>Since when the others hear nothing of it; null while they do.</summary>
    public long? SilentSince { get; set; }

    /// <summary>Which node it takes for the one with the singletons.</summary>
    public int Leader { get; set; }

    public LimiterPart? Limiter { get; set; }

    public FetcherPart? Fetcher { get; set; }

    public WatcherPart? Watcher { get; set; }

    public LauncherPart Launcher { get; private set; } = null!;

    /// <summary>Both clocks now. Their speed is off by up to a hundredth, their readings by anything.</summary>
    public ClockReading Clocks => new(
        new Moment(TimeSpan.FromTicks(((world.Now - _suspended) * speedPerMille * (TimeSpan.TicksPerMillisecond / 1000)) + (monotonicAhead * TimeSpan.TicksPerMillisecond))),
        DateTimeOffset.UnixEpoch.AddMilliseconds(world.Now + _wallAhead));

    public void Boot(int leader)
    {
        (IsAlive, IsDowned, SilentSince, PausedUntil, Leader, _suspended) = (true, false, null, 0, leader, 0);
        Incarnation++;
        Launcher = new LauncherPart(world, this);
    }

    /// <summary>Gone from one moment to the next, with all it knew. Calls it has sent are on their way.</summary>
    public void Crash()
    {
        (IsAlive, Limiter, Fetcher, Watcher) = (false, null, null, null);
        Incarnation++;
    }

    public void Pause(long until) => PausedUntil = Math.Max(PausedUntil, until);

    public void Suspend(long until)
    {
        _suspended += Math.Max(0, until - Math.Max(world.Now, PausedUntil));
        Pause(until);
    }

    public void SetWallClock(long by) => _wallAhead += by;

    public override string ToString() => $"n{index}";
}
