using System.Text.RegularExpressions;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Management.Tests.Metrics;

/// <summary>What <c>/metrics</c> serves, to hold texts with queries against.</summary>
internal static partial class ServedMetrics
{
    /// <summary>Names of series, as queries use them.</summary>
    public static async Task<IReadOnlySet<string>> NamesAsync() => (await Scrape.OfAsync(new NodeMetrics())).Types
        .SelectMany(family => family.Value == "histogram"
            ? [$"{family.Key}_bucket", $"{family.Key}_sum", $"{family.Key}_count"]
            : new[] { family.Key })
        .ToHashSet();

    public static async Task<IReadOnlySet<string>> LabelsAsync() => (await Scrape.OfAsync(new NodeMetrics())).Series
        .SelectMany(sample => sample.Labels.Keys)
        .Concat(OriginalMetrics.All.SelectMany(metric => metric.Labels))
        .ToHashSet();

    public static IEnumerable<string> NamesIn(string text) => MetricName().Matches(text).Select(match => match.Value).Distinct();

    public static IEnumerable<string> GroupedByIn(string text) =>
        GroupedBy().Matches(text).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).Distinct();

    [GeneratedRegex(@"\b(?:buildkite|scheduler)_[a-z_]+\b")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\b(?:sum|max|min) by \(([a-z_, ]+)\)")]
    private static partial Regex GroupedBy();
}
