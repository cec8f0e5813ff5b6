using Scheduler.Core.Identity;
using Scheduler.Simulation.Parts;

namespace Scheduler.Simulation.Model;

/// <summary>One process of the scheduler and the machine under it, with clocks of its own.</summary>
internal sealed class Node(World world, int index, long monotonicAhead, long wallAhead, int speedPerMille)
{
    /// <summary>When clocks of it stand or stood still.</summary>
    private readonly List<(long From, long To, Standstill Kind)> _standstills = [];
    private long _monotonicSince;
    private long _wallAhead = wallAhead;

    public int Index => index;

    /// <summary>Which of the processes that ever ran here. What was meant for an earlier one is not heard.</summary>
    public int Incarnation { get; private set; }

    public bool IsAlive { get; private set; } = true;

    public long PausedUntil { get; private set; }

    /// <summary>For how long it has stood still without either clock showing it, in milliseconds, all in all.</summary>
    public long UnnoticedStandstill { get; private set; }

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
        new Moment(TimeSpan.FromTicks(((world.Now - StoodStill(Standstill.MonotonicClock, _monotonicSince)) * speedPerMille * (TimeSpan.TicksPerMillisecond / 1000)) + (monotonicAhead * TimeSpan.TicksPerMillisecond))),
        DateTimeOffset.UnixEpoch.AddMilliseconds(world.Now + _wallAhead - StoodStill(Standstill.BothClocks, since: 0)));

    public void Boot(int leader)
    {
        (IsAlive, IsDowned, SilentSince, PausedUntil, Leader, _monotonicSince) = (true, false, null, 0, leader, world.Now);
        Incarnation++;
        Launcher = new LauncherPart(world, this);
    }

    /// <summary>Gone from one moment to the next, with all it knew. Calls it has sent are on their way.</summary>
    public void Crash()
    {
        (IsAlive, Limiter, Fetcher, Watcher) = (false, null, null, null);
        Incarnation++;
    }

    public void StandStill(long until, Standstill kind)
    {
        var from = Math.Max(world.Now, PausedUntil);
        if (until > from)
        {
            _standstills.Add((from, until, kind));
            UnnoticedStandstill += kind == Standstill.BothClocks ? until - from : 0;
            PausedUntil = until;
        }
    }

    /// <summary>For how long clocks have stood still up to now.</summary>
    private long StoodStill(Standstill least, long since)
    {
        var all = 0L;
        foreach (var (from, to, kind) in _standstills)
        {
            all += kind >= least && from >= since && from < world.Now ? Math.Min(to, world.Now) - from : 0;
        }

        return all;
    }

    public void SetWallClock(long by) => _wallAhead += by;

    public override string ToString() => $"n{index}";
}
