using System.Text.Json;
using System.Text.RegularExpressions;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Management.Tests.Metrics;

public sealed partial class DashboardTests
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "dashboards", "scheduler.json");

    [Fact]
    public async Task EveryMetricOnItExists()
    {
        var scrape = await Scrape.OfAsync(new NodeMetrics());
        var names = scrape.Types
            .SelectMany(family => family.Value == "histogram"
                ? [$"{family.Key}_bucket", $"{family.Key}_sum", $"{family.Key}_count"]
                : new[] { family.Key })
            .ToHashSet();
        var used = MetricName().Matches(await System.IO.File.ReadAllTextAsync(File)).Select(match => match.Value).Distinct().ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task LabelsItGroupsByExist()
    {
        var labels = (await Scrape.OfAsync(new NodeMetrics())).Series.SelectMany(sample => sample.Labels.Keys)
            .Concat(OriginalMetrics.All.SelectMany(metric => metric.Labels)).ToHashSet();
        Assert.All(
            GroupedBy().Matches(await System.IO.File.ReadAllTextAsync(File)).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)),
            label => Assert.Contains(label, labels));
    }

    [Fact]
    public async Task PanelsHaveTheirOwnIdsAndPlaces()
    {
        using var dashboard = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(File));
        var panels = Panels(dashboard.RootElement).ToArray();
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.InRange(
            panel.GetProperty("gridPos").GetProperty("x").GetInt32() + panel.GetProperty("gridPos").GetProperty("w").GetInt32(), 1, 24));
    }

    private static IEnumerable<JsonElement> Panels(JsonElement parent) => parent.TryGetProperty("panels", out var panels)
        ? panels.EnumerateArray().SelectMany(panel => Panels(panel).Prepend(panel))
        : [];

    [GeneratedRegex(@"\b(?:buildkite|scheduler)_[a-z_]+\b")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"sum by \(([a-z_, ]+)\)")]
    private static partial Regex GroupedBy();
}
