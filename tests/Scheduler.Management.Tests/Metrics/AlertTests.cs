using System.Text.RegularExpressions;

namespace Scheduler.Management.Tests.Metrics;

/// <summary>deploy/alerts, as the chart delivers them, and their runbook.</summary>
public sealed partial class AlertTests
{
    /// <summary>Labels that Prometheus adds when it scrapes.</summary>
    private static readonly string[] OfTheScrape = ["namespace", "job"];

    private static readonly string Alerts = Read("alerts", "scheduler.yaml");

    [Fact]
    public async Task EveryMetricInThemExists()
    {
        var names = await ServedMetrics.NamesAsync();
        var used = ServedMetrics.NamesIn(Alerts).ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(name, names));
    }

    [Fact]
    public async Task LabelsTheyGroupByExist()
    {
        var labels = await ServedMetrics.LabelsAsync();
        Assert.All(ServedMetrics.GroupedByIn(Alerts).Except(OfTheScrape), label => Assert.Contains(label, labels));
    }

    [Fact]
    public void EachHasASectionOfItsOwnInTheRunbook() =>
        Assert.Equal(Names(AlertName(), Alerts), Names(Section(), Read("OPERATIONS.md")));

    private static IEnumerable<string> Names(Regex pattern, string text) => pattern.Matches(text).Select(match => match.Groups[1].Value);

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([AppContext.BaseDirectory, .. path]));

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"^### (Scheduler\w+)$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
