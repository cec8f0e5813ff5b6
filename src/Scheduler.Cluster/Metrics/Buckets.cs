namespace Scheduler.Cluster.Metrics;

/// <summary>Bucket bounds in seconds.</summary>
internal static class Buckets
{
    /// <summary>For one HTTP exchange or a few: 5 ms to 1 min.</summary>
    public static readonly double[] Calls = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>For one small write and the pause before it: 1 ms to 2 s.</summary>
    public static readonly double[] Renewals = [0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.1, 0.25, 0.5, 1, 2];

    /// <summary>For waits that a full queue makes long: 10 ms to 6 h.</summary>
    public static readonly double[] Waits = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600];
}
