using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>What the Helm chart adds to a configuration that does not say otherwise; a test compares with the chart.</summary>
public static class ChartDefaults
{
    /// <summary>A new copy each time.</summary>
    public static JsonObject Configuration() => new()
    {
        ["prometheus-port"] = 9216,
        ["reservation-expiry-seconds"] = 900,
        ["enable-completion-watcher"] = true,
        ["pod-pending-timeout"] = "15m",
    };
}
