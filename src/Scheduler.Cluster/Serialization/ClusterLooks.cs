using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Scheduler.Cluster.Serialization;

/// <summary>What is asked of single messages beyond their name. Null = there is nothing to complain of.</summary>
internal static class ClusterLooks
{
    /// <summary>The longest path that nodes send to is /system/sharding/jobsCoordinator/singleton/coordinator.</summary>
    private const int DeepestPath = 16;

    /// <summary>A selection names one actor, by its path: no wildcards, no way up.</summary>
    public static string? OneRecipient(object message) => message switch
    {
        ActorSelectionMessage { Elements: var path } when path.Length > DeepestPath || !path.All(one => one is SelectChildName) =>
            "it is not for one actor",
        ActorSelectionMessage { Message: null } => "it holds nothing",
        _ => null,
    };

    /// <summary>
    /// Who watches from outside watches an actor of this node; who reports the end of an actor reports one of its own. Nobody
    /// tells this node from outside that one of its own actors has ended, or ends the watching of one of them by another.
    /// </summary>
    public static string? Watching(object message) => message switch
    {
        Watch { Watchee: var watchee, Watcher: var watcher } => Across(watchee, watcher),
        Unwatch { Watchee: var watchee, Watcher: var watcher } => Across(watchee, watcher),
        DeathWatchNotification { Actor: var ended } => IsLocal(ended) ? "an actor of this node is reported to have ended" : null,
        _ => "not about watching",
    };

    private static string? Across(IActorRef? watchee, IActorRef? watcher) =>
        IsLocal(watchee) && !IsLocal(watcher) && watcher is not null ? null : "the watcher is not another node's, or the watched one is";

    private static bool IsLocal(IActorRef? actor) => actor is IActorRefScope { IsLocal: true };
}
