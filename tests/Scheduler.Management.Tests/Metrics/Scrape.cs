using System.Text;
using System.Text.RegularExpressions;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Management.Tests.Metrics;

/// <summary>What Prometheus gets of a node.</summary>
internal sealed partial class Scrape
{
    private Scrape(string text)
    {
        Text = text;
        Types = TypeLine().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Series = [.. SeriesLine().Matches(text).Select(match => new Sample(
            match.Groups[1].Value,
            Label().Matches(match.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value),
            match.Groups[3].Value))];
    }

    public string Text { get; }

    /// <summary>Families: name and type.</summary>
    public IReadOnlyDictionary<string, string> Types { get; }

    public IReadOnlyList<Sample> Series { get; }

    public static async Task<Scrape> OfAsync(NodeMetrics metrics)
    {
        using var stream = new MemoryStream();
        await metrics.Registry.CollectAndExportAsTextAsync(stream);
        return new Scrape(Encoding.UTF8.GetString(stream.ToArray()));
    }

    public string? Value(string name) => Series.FirstOrDefault(sample => sample.Name == name && sample.Labels.Count == 0)?.Value;

    [GeneratedRegex(@"^# TYPE (\S+) (\S+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^([a-z_]+)(\{[^\n]*\})? (\S+)$", RegexOptions.Multiline)]
    private static partial Regex SeriesLine();

    [GeneratedRegex("""([a-z_]+)="([^"]*)"[,}]""")]
    private static partial Regex Label();

    public sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, string Value);
}
