using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Xunit.Abstractions;

namespace Scheduler.Tests.EndToEnd;

/// <summary>Nothing changes about a pod in ImagePullBackOff: whoever takes over must look at it unasked.</summary>
public sealed class NodeDeathTests(ITestOutputHelper output)
{
    private const string BadImage =
        """
        {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "image-pull-failure"}},
         "podSpec": {"containers": [{"image": "no/such:image", "command": ["true"]}]}}
        """;

    [Fact]
    public async Task JobsWhosePodsSitInImagePullBackOffFailAlthoughTheOldestNodeDies()
    {
        await using var world = await EndToEndWorld.StartAsync("max-in-flight: 0\nimage-pull-backoff-grace-period: 15s", nodes: 2);
        await EndToEndWorld.UntilAsync("both nodes create Jobs", async () =>
        {
            if (world.Buildkite.Observer.Unended == 0)
            {
                await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.EnqueueAsync()));
            }

            return world.CreatedBy(0) > 0 && world.CreatedBy(1) > 0;
        });

        JobId[] jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.EnqueueAsync(BadImage)));
        await EndToEndWorld.UntilAsync("all pods back off", async () =>
        {
            foreach (var job in jobs)
            {
                if ((await world.PodAsync(job))?.Status?.InitContainerStatuses?.Any(one => one.State?.Waiting?.Reason == "ImagePullBackOff") != true)
                {
                    return false;
                }
            }

            return true;
        });
        var crashed = TimeProvider.System.GetUtcNow();
        await world.CrashAsync(0);

        foreach (var job in jobs)
        {
            var failed = await world.EndedAsync(job);
            output.WriteLine($"failed {(failed.History[^1].At - crashed).TotalSeconds:F1} s after the crash, {(failed.History[^1].At - failed.EnqueuedAt).TotalSeconds:F1} s after it was enqueued");
            Assert.Equal((JobState.Finished, -1), (failed.State, failed.Facts.ExitStatus));
            Assert.Contains("ImagePullBackOff", failed.Facts.Detail, StringComparison.Ordinal);
        }
    }
}
