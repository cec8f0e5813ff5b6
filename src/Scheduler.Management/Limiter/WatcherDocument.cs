using Scheduler.Cluster.Watching;
using Scheduler.Core.Text;
using Scheduler.Management.Questions;

namespace Scheduler.Management.Limiter;

/// <summary>K8sWatcher as <c>/singletons</c> and <c>scheduler status</c> show it.</summary>
/// <param name="Node">The node it is on.</param>
/// <param name="Synced">Jobs have been listed and are followed.</param>
/// <param name="Known">Buildkite jobs of which Kubernetes shows something.</param>
/// <param name="Revision">As of when Jobs are known.</param>
/// <param name="Trouble">Why a watch does not go on now; absent when both do.</param>
internal sealed record WatcherDocument(string Node, bool Synced, int Known, long Revision, string? Trouble)
{
    /// <summary>Of the API server's words, in characters.</summary>
    private const int LongestTrouble = 1000;

    /// <summary>When this was said.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>How long ago that was, when it was asked for.</summary>
    public double AgeSeconds { get; init; }

    /// <summary>True when it does not answer now, so that this is what it said before; absent else.</summary>
    public bool? Stale { get; init; }

    /// <summary>Null when it never answered.</summary>
    public static WatcherDocument? Of(Reading<WatcherStatus> reading) => reading.Value is { } status
        ? Of(status) with { AsOf = reading.AsOf, AgeSeconds = Math.Round(reading.Age.TotalSeconds, 1), Stale = reading.IsAnswered ? null : true }
        : null;

    private static WatcherDocument Of(WatcherStatus status) => new(
        status.Node,
        status.Jobs.Lists > 0,
        status.Known,
        status.Jobs.Position.Value,
        (status.Jobs.Trouble ?? status.Pods.Trouble) is { } trouble ? PlainText.Line(trouble, LongestTrouble) : null);
}
