using Scheduler.Cluster.Metrics;

namespace Scheduler.Management.Tests.Metrics;

public sealed class ScrapeTests
{
    [Fact]
    public async Task EveryMetricOfTheOriginalIsThereWithItsType()
    {
        var scrape = await Scrape.OfAsync(new NodeMetrics());
        Assert.All(OriginalMetrics.All, metric => Assert.Equal(
            (metric.Name, metric.Type), (metric.Name, scrape.Types.GetValueOrDefault(metric.Name))));
    }

    [Fact]
    public async Task NothingElseUsesTheOriginalsPrefix()
    {
        var scrape = await Scrape.OfAsync(new NodeMetrics());
        Assert.Equal(
            OriginalMetrics.All.Select(metric => metric.Name).Order(),
            scrape.Types.Keys.Where(name => name.StartsWith("buildkite_", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task SeriesWithoutLabelsAreZeroFromTheStart()
    {
        var scrape = await Scrape.OfAsync(new NodeMetrics());
        Assert.All(
            OriginalMetrics.All.Where(metric => metric.Labels.Length == 0),
            metric => Assert.Equal("0", scrape.Value(metric.Type == "histogram" ? $"{metric.Name}_count" : metric.Name)));
        Assert.All(scrape.Series.Where(sample => !sample.Name.EndsWith("_bucket", StringComparison.Ordinal)), sample => Assert.Equal("0", sample.Value));
    }

    [Fact]
    public async Task LabelsAreTheOriginals()
    {
        var metrics = new NodeMetrics();
        metrics.Worker.CreateFailed("Invalid");
        metrics.JobWatcher.CleanupFailed(null);
        metrics.JobWatcher.DeletionFailed("Conflict");
        metrics.PodWatcher.DeletionFailed(PodDeletion.PendingTimeout, "Forbidden");
        metrics.CompletionWatcher.CleanupFailed("NotFound");
        var scrape = await Scrape.OfAsync(metrics);

        foreach (var (name, type, labels) in OriginalMetrics.All.Where(metric => metric.Type != "histogram"))
        {
            var series = scrape.Series.Where(sample => sample.Name == name).ToArray();
            Assert.NotEmpty(series);
            Assert.All(series, sample => Assert.Equal(labels.Order(), sample.Labels.Keys.Order()));
        }
    }

    [Fact]
    public async Task LabelValuesAreTheOriginals()
    {
        var scrape = await Scrape.OfAsync(new NodeMetrics());
        Assert.Equal(["duplicate", "other", "stale"], Values("buildkite_limiter_job_handler_errors_total", "reason"));
        Assert.Equal(["OnAdd"], Values("buildkite_limiter_token_underflows_total", "source"));
        Assert.Equal(["Handle", "OnDelete", "OnUpdate"], Values("buildkite_limiter_token_overflows_total", "source"));
        Assert.Equal(["Handle", "OnAdd"], Values("buildkite_deduper_jobs_marked_running_total", "source"));
        Assert.Equal(["Handle", "OnDelete"], Values("buildkite_deduper_jobs_unmarked_running_total", "source"));
        Assert.Equal(["Handle", "OnAdd"], Values("buildkite_deduper_jobs_already_running_total", "source"));
        Assert.Equal(["Handle", "OnDelete"], Values("buildkite_deduper_jobs_already_not_running_total", "source"));
        Assert.Equal(["agent_active", "job_gone", "job_replaced", "pod_exists"], Values("buildkite_job_watcher_stalled_cleanup_skipped_total", "reason"));
        Assert.Equal(["job_cancelled"], Values("buildkite_job_watcher_jobs_forcefully_deleted_total", "delete_reason"));
        Assert.Equal(
            ["image_pull_failure", "job_cancelled", "pending_timeout"], Values("buildkite_pod_watcher_pods_forcefully_deleted_total", "delete_reason"));

        IEnumerable<string> Values(string name, string label) =>
            scrape.Series.Where(sample => sample.Name == name).Select(sample => sample.Labels[label]).Order();
    }

    [Fact]
    public async Task HistogramsHaveClassicBuckets()
    {
        var metrics = new NodeMetrics();
        metrics.Jobs.EndToEnd.Observe(0.3);
        var scrape = await Scrape.OfAsync(metrics);
        var buckets = scrape.Series.Where(sample => sample.Name == "buildkite_job_end_to_end_seconds_bucket").ToDictionary(s => s.Labels["le"], s => s.Value);
        Assert.Equal(("0", "1", "1"), (buckets["0.25"], buckets["0.5"], buckets["+Inf"]));
    }

    [Fact]
    public async Task TwoNodesOfOneProcessCountApart()
    {
        var (one, other) = (new NodeMetrics(), new NodeMetrics());
        one.Worker.CreateSuccess.Inc();
        Assert.Equal("1", (await Scrape.OfAsync(one)).Value("buildkite_scheduler_job_create_success_total"));
        Assert.Equal("0", (await Scrape.OfAsync(other)).Value("buildkite_scheduler_job_create_success_total"));
    }

    [Fact]
    public async Task AChangeOfAJobCountsForEverySubsystemThatTheOriginalHasListen()
    {
        var metrics = new NodeMetrics();
        metrics.JobEvents.Added(3);
        metrics.PodEvents.Deleted();
        var scrape = await Scrape.OfAsync(metrics);
        Assert.All(
            (string[])["limiter", "deduper", "job_watcher"],
            subsystem => Assert.Equal("3", scrape.Value($"buildkite_{subsystem}_onadd_events_total")));
        Assert.Equal("1", scrape.Value("buildkite_pod_watcher_ondelete_events_total"));
        Assert.Equal("0", scrape.Value("buildkite_completion_watcher_onadd_events_total"));
    }
}
