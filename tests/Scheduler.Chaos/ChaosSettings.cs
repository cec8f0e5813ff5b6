using System.Globalization;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Chaos;

/// <summary>What the environment asks of a run.</summary>
/// <param name="Duration"><c>SCHEDULER_CHAOS_DURATION</c>: for so long a next fault is begun; <c>62m</c> or <c>01:02:00</c>.</param>
/// <param name="Seed"><c>SCHEDULER_CHAOS_SEED</c>: the same seed brings the same faults in the same order.</param>
/// <param name="LogFile"><c>SCHEDULER_CHAOS_LOG</c>: where the log goes; null = beside all other logs of the run.</param>
internal sealed record ChaosSettings(TimeSpan Duration, int Seed, string? LogFile)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);

    /// <summary>The controllers' <c>id</c>: every other seed runs without one, for Jobs are found by other labels then.</summary>
    public string Id => Seed % 2 == 0 ? "" : "chaos";

    /// <exception cref="FormatException">A variable cannot be read.</exception>
    public static ChaosSettings FromEnvironment() => new(
        Variable("SCHEDULER_CHAOS_DURATION") is { } duration ? Parse(duration) : Short,
        Variable("SCHEDULER_CHAOS_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000),
        Variable("SCHEDULER_CHAOS_LOG"));

    private static TimeSpan Parse(string text) =>
        GoDuration.TryParse(text, out var duration) || TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration)
            ? duration
            : throw new FormatException($"SCHEDULER_CHAOS_DURATION: '{text}' is no duration such as 90s, 62m or 01:02:00");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
