using System.Text.Json;

namespace Scheduler.Management.Tests.Metrics;

public sealed class DashboardTests
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "dashboards", "scheduler.json");

    [Fact]
    public async Task EveryMetricOnItExists()
    {
        var names = await ServedMetrics.NamesAsync();
        var used = ServedMetrics.NamesIn(await System.IO.File.ReadAllTextAsync(File)).ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task LabelsItGroupsByExist()
    {
        var labels = await ServedMetrics.LabelsAsync();
        Assert.All(ServedMetrics.GroupedByIn(await System.IO.File.ReadAllTextAsync(File)), label => Assert.Contains(label, labels));
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
}
