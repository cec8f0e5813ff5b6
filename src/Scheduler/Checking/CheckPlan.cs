using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Checking;

/// <summary>What the controller would do, from its configuration and what was found.</summary>
internal static class CheckPlan
{
    /// <param name="options">The configuration.</param>
    /// <param name="unfinishedJobs">Its Jobs in Kubernetes that have not ended; null = not known.</param>
    /// <param name="waiting">Jobs waiting at Buildkite; null = not known.</param>
    public static ImmutableArray<PlanLine> Of(ControllerOptions options, int? unfinishedJobs, WaitingJobsCount? waiting)
    {
        var registration = StackNames.Registration(options);
        var limit = options.MaxInFlight;
        var tags = StackNames.Tags(options).Offered.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal).ToArray();
        var selector = JobSelector.For(options.Id);
        int? free = limit == 0 || unfinishedJobs is null ? null : Math.Max(0, limit - unfinishedJobs.Value);
        return
        [
            new("stack", registration.Key, $"register the stack {registration.Key} at Buildkite"),
            new("queue", registration.QueueKey, $"serve the queue {registration.QueueKey}"),
            new("tags", tags, $"take jobs that ask for nothing but {string.Join(", ", tags)}"),
            new("namespace", options.Namespace, $"create Jobs in the namespace {options.Namespace}"),
            new("limit", limit, limit == 0 ? "have any number of Jobs unfinished at once" : Text($"have at most {limit} Jobs unfinished at once (max-in-flight)")),
            new(
                "adopts",
                unfinishedJobs,
                unfinishedJobs is null ? "adopt its unfinished Jobs, whose number is not known"
                    : Text($"adopt {unfinishedJobs} unfinished Jobs (selector {selector})")),
            new(
                "freeTokens",
                free,
                limit == 0 ? "start jobs without limit" : free is null ? "start with a number of free tokens that is not known" : Text($"start with {free} free tokens")),
            new("waiting", waiting?.Fitting, Waiting(waiting)),
        ];
    }

    private static string Waiting(WaitingJobsCount? waiting) => waiting is null
        ? "find jobs waiting, whose number is not known"
        : Text($"find {waiting.Fitting}{(waiting.IsCut ? " or more" : "")} jobs waiting that fit its tags, of {waiting.All} looked at")
            + (waiting.IsPaused ? ", and start none until the queue is resumed" : "");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Jobs waiting at Buildkite.</summary>
/// <param name="All">Those looked at.</param>
/// <param name="Fitting">Those of them that fit the controller's tags.</param>
/// <param name="IsCut">There are more.</param>
/// <param name="IsPaused">The queue is paused.</param>
internal sealed record WaitingJobsCount(int All, int Fitting, bool IsCut, bool IsPaused);
