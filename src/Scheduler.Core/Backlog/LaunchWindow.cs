namespace Scheduler.Core.Backlog;

/// <summary>
/// How many jobs may have a token and no Kubernetes Job yet. Wide, so that each of the few reservation calls carries many
/// jobs; but no wider than what gets launched before its token ends: it grows with every launch and halves when one fails.
/// Immutable.
/// </summary>
public sealed record LaunchWindow
{
    /// <summary>Times the concurrency: the window at the start.</summary>
    private const int Start = 4;

    /// <summary>Times the concurrency: the widest window.</summary>
    private const int Widest = 12;

    private readonly int _concurrency;

    /// <param name="concurrency">Creates under way at once, at least 1.</param>
    public LaunchWindow(int concurrency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        _concurrency = concurrency;
        Size = Start * concurrency;
    }

    /// <summary>Jobs that may be between token and Kubernetes Job; never below the concurrency.</summary>
    public int Size { get; private init; }

    public LaunchWindow Launched() => this with { Size = Math.Min(Size + 1, Widest * _concurrency) };

    public LaunchWindow Failed() => this with { Size = Math.Max(Size / 2, _concurrency) };
}
