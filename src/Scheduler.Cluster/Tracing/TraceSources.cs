namespace Scheduler.Cluster.Tracing;

/// <summary>Names of the sources of spans, for whoever exports them.</summary>
public static class TraceSources
{
    /// <summary>One trace per job.</summary>
    public const string Jobs = JobSpans.SourceName;
}
