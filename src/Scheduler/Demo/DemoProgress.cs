using System.Collections.Immutable;
using Scheduler.Core.Jobs;

namespace Scheduler.Demo;

/// <summary>How far a demo is, as the sandbox sees it.</summary>
/// <param name="Jobs">All jobs.</param>
/// <param name="Waiting">Neither reserved nor running nor ended.</param>
/// <param name="InFlight">Unfinished Kubernetes Jobs.</param>
/// <param name="MaxInFlight">The limit; 0 = unlimited.</param>
/// <param name="Finished">Ended Buildkite jobs.</param>
/// <param name="Created">Kubernetes Jobs created by each node.</param>
/// <param name="Elapsed">Since the jobs were enqueued.</param>
internal sealed record DemoProgress(
    int Jobs, int Waiting, int InFlight, int MaxInFlight, int Finished, ImmutableArray<long> Created, TimeSpan Elapsed)
{
    public bool IsOver => Finished >= Jobs;

    public double JobsPerSecond => Elapsed > TimeSpan.Zero ? Finished / Elapsed.TotalSeconds : 0;

    public static DemoProgress Of(DemoOptions options, SandboxWorld world, ImmutableArray<long> created, TimeSpan elapsed)
    {
        var buildkite = world.Buildkite.Observer;
        return new DemoProgress(
            options.Jobs,
            buildkite.Count(JobState.Scheduled),
            world.Kubernetes.Observer.Unfinished,
            options.MaxInFlight,
            buildkite.Total - buildkite.Unended,
            created,
            elapsed);
    }
}
