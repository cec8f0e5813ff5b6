using System.Collections.Frozen;

namespace Scheduler.Cluster.Metrics;

/// <summary>
/// The values a label may have that tells Kubernetes' status reason. Whoever answers in the API server's place (a webhook, a
/// proxy, an aggregated API) can write there what he likes, and each new value would be a time series for ever.
/// </summary>
internal static class StatusReasons
{
    public const string Other = "other";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "",
        "AlreadyExists",
        "BadRequest",
        "Conflict",
        "Expired",
        "Forbidden",
        "Gone",
        "InternalError",
        "Invalid",
        "MethodNotAllowed",
        "NotAcceptable",
        "NotFound",
        "RequestEntityTooLarge",
        "ServerTimeout",
        "ServiceUnavailable",
        "StoreReadError",
        "Timeout",
        "TooManyRequests",
        "Unauthorized",
        "UnsupportedMediaType");

    /// <summary>The reason if it is one of Kubernetes' own; empty when there is none, else <see cref="Other"/>.</summary>
    public static string Label(string? reason) => reason is null ? "" : Known.Contains(reason) ? reason : Other;
}
