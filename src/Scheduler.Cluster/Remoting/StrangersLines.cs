using Akka.Actor;
using Akka.Event;

namespace Scheduler.Cluster.Remoting;

/// <summary>
/// Which lines of Akka's own somebody outside can provoke, and how many of each kind are logged: one a minute of remoting, which
/// speaks whenever a frame or a connection is not right, and a few of the cluster, which speaks of its members. A kind is a
/// place in Akka's source, so there are as many as there are places. For one thread, that of the logger.
/// </summary>
internal sealed class StrangersLines(TimeProvider time)
{
    private const int OfRemoting = 1;
    private const int OfTheCluster = 20;

    /// <summary>Beyond so many kinds they share one budget.</summary>
    private const int MostKinds = 512;

    /// <summary>Its actors, and the name under which it logs without one.</summary>
    private static readonly string[] Remoting = ["/system/endpointManager", "/system/transports", "/system/remote", "remoting"];

    private readonly Dictionary<(Type, string), LineBudget> _kinds = [];

    /// <summary>All that Akka says by itself about what is sent; an actor of ours that fails is not among it.</summary>
    public static bool MayComeFromOutside(LogEvent log) =>
        IsOfRemoting(log)
        || (log.LogClass.Namespace is { } place
            && (place.StartsWith("Akka.Cluster", StringComparison.Ordinal) || place.StartsWith("Akka.DistributedData", StringComparison.Ordinal)))

        // A message that could not be delivered is told under the kind of reference it was for.
        || typeof(IActorRef).IsAssignableFrom(log.LogClass);

    /// <param name="log">One for which <see cref="MayComeFromOutside"/> holds.</param>
    /// <param name="suppressed">How many of its kind were not logged since the last that was.</param>
    public bool TryTake(LogEvent log, out long suppressed)
    {
        var kind = (log.LogClass, log.Message is LogMessage { Format: var template } ? template : "");
        if (!_kinds.TryGetValue(kind, out var budget))
        {
            if (_kinds.Count >= MostKinds)
            {
                kind = (typeof(StrangersLines), "");
            }

            _kinds[kind] = budget = _kinds.GetValueOrDefault(kind) ?? new LineBudget(IsOfRemoting(log) ? OfRemoting : OfTheCluster, time);
        }

        return budget.TryTake(out suppressed);
    }

    private static bool IsOfRemoting(LogEvent log) =>
        log.LogClass.Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true
        || Remoting.Any(name => log.LogSource.Contains(name, StringComparison.Ordinal));
}
