namespace Scheduler.Benchmarks;

/// <summary>What is measured.</summary>
internal sealed record ThroughputSettings
{
    /// <summary>Started and timed, after as many that warm up.</summary>
    public int Jobs { get; init; } = 1000;

    /// <summary>Creates at once of the raw client, and the <c>job-creation-concurrency</c> of each node.</summary>
    public int Concurrency { get; init; } = 25;

    /// <summary>Scheduler processes on this machine.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>What every answer of the API server takes longer than it would: a distant one, or one with slow admission webhooks.</summary>
    public TimeSpan RoundTrip { get; init; }
}
