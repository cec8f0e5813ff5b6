using Prometheus;

namespace Scheduler.Cluster.Metrics;

/// <summary>Makes the families of one subsystem: <c>prefix_name</c>.</summary>
internal sealed class MetricFamilies(IMetricFactory factory, string prefix)
{
    public Counter Counter(string name, string help) => factory.CreateCounter(Full(name), help);

    /// <summary>A counter with labels. Series of <paramref name="known"/> label values exist at 0 from the start.</summary>
    public Counter Counter(string name, string help, string[] labels, params string[] known)
    {
        var counter = factory.CreateCounter(Full(name), help, labels);
        foreach (var value in known)
        {
            counter.WithLabels(value);
        }

        return counter;
    }

    public Gauge Gauge(string name, string help) => factory.CreateGauge(Full(name), help);

    public Gauge Gauge(string name, string help, string[] labels, params string[] known)
    {
        var gauge = factory.CreateGauge(Full(name), help, labels);
        foreach (var value in known)
        {
            gauge.WithLabels(value);
        }

        return gauge;
    }

    /// <summary>A histogram in seconds with classic buckets; the original's has native buckets only.</summary>
    public Histogram Seconds(string name, string help, double[] buckets) =>
        factory.CreateHistogram(Full(name), help, new HistogramConfiguration { Buckets = buckets });

    private string Full(string name) => $"{prefix}_{name}";
}
