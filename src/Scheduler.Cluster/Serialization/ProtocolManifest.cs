using System.Collections.Frozen;
using Scheduler.Cluster.Fetching;
using Scheduler.Cluster.Limiter;
using Scheduler.Cluster.Watching;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Serialization;

/// <summary>
/// The short name of each message on the wire, with its version. A name is for ever: a message that changes beyond new
/// optional fields gets a new one, and is read one release before it is written.
/// </summary>
internal static class ProtocolManifest
{
    public const string Take = "take.1";
    public const string Claim = "claim.1";
    public const string Granted = "granted.1";
    public const string Denied = "denied.1";
    public const string Return = "return.1";
    public const string Observed = "observed.1";
    public const string Snapshot = "snapshot.1";
    public const string Run = "run.1";
    public const string Launched = "launched.1";
    public const string NotLaunched = "not-launched.1";
    public const string Seen = "seen.1";
    public const string GetLimiterStatus = "get-limiter-status.1";
    public const string LimiterStatus = "limiter-status.1";
    public const string GetFetcherStatus = "get-fetcher-status.1";
    public const string FetcherStatus = "fetcher-status.1";
    public const string GetWatcherStatus = "get-watcher-status.1";
    public const string WatcherStatus = "watcher-status.1";

    private static readonly FrozenDictionary<Type, string> ByType = new Dictionary<Type, string>
    {
        [typeof(Take)] = Take,
        [typeof(Claim)] = Claim,
        [typeof(Granted)] = Granted,
        [typeof(Denied)] = Denied,
        [typeof(Return)] = Return,
        [typeof(Observed)] = Observed,
        [typeof(Snapshot)] = Snapshot,
        [typeof(Run)] = Run,
        [typeof(Launched)] = Launched,
        [typeof(NotLaunched)] = NotLaunched,
        [typeof(Seen)] = Seen,
        [typeof(GetLimiterStatus)] = GetLimiterStatus,
        [typeof(LimiterStatus)] = LimiterStatus,
        [typeof(GetFetcherStatus)] = GetFetcherStatus,
        [typeof(FetcherStatus)] = FetcherStatus,
        [typeof(GetWatcherStatus)] = GetWatcherStatus,
        [typeof(WatcherStatus)] = WatcherStatus,
    }.ToFrozenDictionary();

    /// <exception cref="ArgumentException">The message has no place on the wire.</exception>
    public static string Of(object message) => ByType.TryGetValue(message.GetType(), out var manifest)
        ? manifest
        : throw new ArgumentException($"{message.GetType()} crosses nodes but has no manifest; add it to {nameof(ProtocolManifest)}", nameof(message));
}
