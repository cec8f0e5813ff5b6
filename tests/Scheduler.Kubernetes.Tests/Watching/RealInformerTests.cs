using Scheduler.Core.Facts;
using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Kubernetes.Watching;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Watching;

[Collection(RealApiServerCollection.Name)]
public sealed class RealInformerTests(RealApiServer server) : InformerContract(server), IRealApiServerTests
{
    [RealApiServerFact]
    public async Task ARestartOfTheApiServerIsSurvivedAndNothingIsMissed()
    {
        await using var seen = Follow();
        await seen.NextAsync();

        await server.Plane.RestartApiServerAsync(Deadline);
        var job = TestJob.NewId();
        await CreateAsync(TestJob.Of(job));

        Assert.Contains(job, await SeenNextAsync(seen));
    }

    [RealApiServerFact]
    public async Task AFrozenApiServerIsNoticedLongBeforeTheWatchWouldEnd()
    {
        await using var seen = Follow();
        await seen.NextAsync();

        await server.Plane.PauseApiServerAsync(Deadline);
        try
        {
            await seen.NextOfAsync<WatchMessage<JobFact>.Interrupted>().WaitAsync(TimeSpan.FromSeconds(40), Deadline);
        }
        finally
        {
            await server.Plane.ResumeApiServerAsync(Deadline);
        }

        var job = TestJob.NewId();
        await CreateAsync(TestJob.Of(job));
        Assert.Contains(job, await SeenNextAsync(seen));
    }

    /// <summary>The jobs of the next list or change.</summary>
    private static async Task<IEnumerable<Core.Identity.JobId>> SeenNextAsync(FeedReader<JobFact> seen)
    {
        while (true)
        {
            switch (await seen.NextAsync())
            {
                case WatchMessage<JobFact>.Changed changed:
                    return [changed.Item.Job];
                case WatchMessage<JobFact>.Listed { Items.Count: > 0 } listed:
                    return listed.Items.Select(fact => fact.Job);
            }
        }
    }
}
