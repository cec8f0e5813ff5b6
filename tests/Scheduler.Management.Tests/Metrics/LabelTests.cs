using System.Text;
using System.Text.RegularExpressions;
using Scheduler.Cluster.Metrics;

namespace Scheduler.Management.Tests.Metrics;

/// <summary>Nobody from outside can make up label values, each of which is a time series for ever.</summary>
public sealed partial class LabelTests
{
    [Fact]
    public async Task ReasonsOfTheApiServerThatAreNoneOfKubernetesAreOther()
    {
        var metrics = new NodeMetrics();
        var before = await SeriesAsync(metrics);
        for (var i = 0; i < 2000; i++)
        {
            Count(metrics, $"Made{i}\n\u001b[2J\"}} 1\nfaked");
        }

        // One for each of the counters.
        Assert.Equal(before.Count + 5, (await SeriesAsync(metrics)).Count);
        Assert.Contains("buildkite_scheduler_job_create_errors_total{reason=\"other\"} 2000", await SeriesAsync(metrics));
    }

    [Theory]
    [InlineData("Forbidden", "Forbidden")]
    [InlineData("AlreadyExists", "AlreadyExists")]
    [InlineData(null, "")]
    public async Task ThoseOfKubernetesAreTold(string? reason, string label)
    {
        var metrics = new NodeMetrics();
        Count(metrics, reason);
        Assert.Contains($"buildkite_scheduler_job_create_errors_total{{reason=\"{label}\"}} 1", await SeriesAsync(metrics));
    }

    /// <summary>Every label that is set from a text is set from one of the program's own.</summary>
    [Fact]
    public void LabelsComeFromOnePlace()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Scheduler.sln")))
        {
            folder = folder.Parent;
        }

        var free = Directory.EnumerateFiles(Path.Combine(folder.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => WithReason().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"))
            .Where(use => !use.Contains("StatusReasons.Label(", StringComparison.Ordinal));
        Assert.Empty(free);
    }

    private static void Count(NodeMetrics metrics, string? reason)
    {
        metrics.Worker.CreateFailed(reason);
        metrics.JobWatcher.CleanupFailed(reason);
        metrics.JobWatcher.DeletionFailed(reason);
        metrics.PodWatcher.DeletionFailed(PodDeletion.JobCancelled, reason);
        metrics.CompletionWatcher.CleanupFailed(reason);
    }

    private static async Task<List<string>> SeriesAsync(NodeMetrics metrics)
    {
        using var text = new MemoryStream();
        await metrics.Registry.CollectAndExportAsTextAsync(text);
        return [.. Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    [GeneratedRegex(@"WithLabels\([^;]*(reason|error|message|text)[^;]*;", RegexOptions.IgnoreCase)]
    private static partial Regex WithReason();
}
