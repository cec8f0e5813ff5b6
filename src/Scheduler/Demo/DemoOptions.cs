namespace Scheduler.Demo;

/// <summary>What a demo runs. The defaults end in about twenty seconds.</summary>
internal sealed record DemoOptions
{
    public int Jobs { get; init; } = 200;

    /// <summary>0 = unlimited.</summary>
    public int MaxInFlight { get; init; } = 20;

    public int Nodes { get; init; } = 1;

    /// <summary>From one crash of a node to the next; 0 = none.</summary>
    public TimeSpan KillEvery { get; init; }

    public TimeSpan JobDuration { get; init; } = TimeSpan.FromSeconds(1);

    public int Seed { get; init; } = 1;

    public bool Json { get; init; }
}
