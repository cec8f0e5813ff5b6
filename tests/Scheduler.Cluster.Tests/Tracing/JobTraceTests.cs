using System.Collections.Concurrent;
using System.Diagnostics;
using Scheduler.Cluster.Tests.Launching;
using Scheduler.Cluster.Tests.Support;
using Scheduler.Cluster.Tracing;
using Scheduler.Core.Facts;
using Scheduler.Core.Jobs;
using Scheduler.Core.Lifecycle;
using Scheduler.Core.Protocol;

namespace Scheduler.Cluster.Tests.Tracing;

public sealed class JobTraceTests : JobActorKit
{
    /// <summary>So long that the spans of tests that run meanwhile are told apart.</summary>
    private static readonly TimeSpan SinceListed = TimeSpan.FromHours(5);

    private static readonly TimeSpan SinceGranted = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public JobTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TraceSources.Jobs,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task AJobIsOneTraceFromItsListingToItsEndWithItsWaitsInside()
    {
        await RunAsync();
        var running = Pending() with { Phase = PodPhase.Running };
        See(Unfinished, Pending());
        Advance(TimeSpan.FromSeconds(4));
        See(Unfinished with { State = KubernetesJobState.Finished, Succeeded = 1 }, running);

        var root = await RootAsync();
        Took(SinceListed + TimeSpan.FromSeconds(4), root);
        Assert.Equal(Jobs.Id(1).ToString(), root.GetTagItem("buildkite.job.uuid"));
        Assert.Equal(ActivityStatusCode.Unset, root.Status);
        var parts = _spans.Where(span => span.ParentSpanId == root.SpanId).OrderBy(span => span.StartTimeUtc).ToArray();
        Assert.Equal(["wait for token", "wait for reservation"], parts.Take(2).Select(span => span.OperationName));
        Took(SinceListed - SinceGranted, parts[0]);
        Took(SinceGranted, parts[1]);
        Took(TimeSpan.FromSeconds(4), Assert.Single(parts, span => span.OperationName == "wait for agent"));
        Assert.InRange(TimeSpan.FromTicks(parts.Sum(span => span.Duration.Ticks)), root.Duration, root.Duration + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task ADeletedJobIsAnError()
    {
        await RunAsync();
        See(Unfinished, Pending());
        See(null);
        Assert.Equal(ActivityStatusCode.Error, (await RootAsync()).Status);
    }

    protected override void AfterAll()
    {
        _listener.Dispose();
        base.AfterAll();
    }

    /// <summary>An activity that took no time counts as one that took a tick.</summary>
    private static void Took(TimeSpan expected, Activity span) =>
        Assert.InRange(span.Duration, expected, expected + TimeSpan.FromMilliseconds(1));

    private async Task RunAsync()
    {
        Actor.Tell(new Run(Jobs.Id(1), Jobs.Grant(1), 0, []) { SinceListed = SinceListed, SinceGranted = SinceGranted });
        await EventuallyAsync(() => Assert.Single(Launcher.Launches));
        Launcher.Launches[0].SetResult(new LaunchOutcome.Created("buildkite-1", "job-uid"));
        await Fetcher.ExpectMsgAsync<Launched>(Patience);
    }

    private async Task<Activity> RootAsync()
    {
        Activity? root = null;
        await EventuallyAsync(() => Assert.NotNull(root = _spans.FirstOrDefault(span => span.OperationName == "job" && span.Duration >= SinceListed)));
        return root!;
    }
}
