using System.Collections.Frozen;
using Akka.Dispatch.SysMsg;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// Akka names its system messages by their .NET types. The few that may come in are looked up here, so that no name from the
/// wire is ever resolved.
/// </summary>
internal static class SystemMessageNames
{
    public const string Watch = "Akka.Dispatch.SysMsg.Watch, Akka";
    public const string Unwatch = "Akka.Dispatch.SysMsg.Unwatch, Akka";
    public const string Ended = "Akka.Dispatch.SysMsg.DeathWatchNotification, Akka";

    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>
    {
        [Watch] = typeof(Watch),
        [Unwatch] = typeof(Unwatch),
        [Ended] = typeof(DeathWatchNotification),
    }.ToFrozenDictionary();

    /// <summary>Null for a name that is not here, as where a serializer has no manifests.</summary>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);

    public static string NameOf(object message) => $"{message.GetType().FullName}, {message.GetType().Assembly.GetName().Name}";
}
