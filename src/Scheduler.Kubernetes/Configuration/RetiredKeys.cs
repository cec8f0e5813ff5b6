using System.Collections.Frozen;
using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>What to do about top-level keys that do not exist; the original had some of them once (configuration.md §13).</summary>
internal static class RetiredKeys
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "org",
        "cluster-uuid",
        "buildkite-token",
        "graphql-results-limit",
        "stale-job-data-timeout",
        "experimental-job-reservation-support",
        "experimental-stacks-api-support");

    public static string Remedy(string name) =>
        Names.Contains(name) ? "remove the key: the original took it once, it is no longer needed"
        : NearestName.Of(name, ConfigurationKeys.ByName.Keys) is { } nearest ? $"write {nearest}, or remove the key"
        : "remove the key";
}
