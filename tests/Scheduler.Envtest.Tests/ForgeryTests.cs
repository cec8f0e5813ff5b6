using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Processes;

namespace Scheduler.Envtest.Tests;

/// <summary>The scheduler as a process on a real API server and Job controller, and somebody who forges its labels.</summary>
public sealed class ForgeryTests
{
    private const string Uuid = "buildkite.com/job-uuid";

    /// <summary>Without an id, and at most one at a time: a token that were freed too soon would show at once.</summary>
    [RealClusterFact]
    public async Task ForgedLabelsJobsAndPodsNeitherFreeATokenNorFailAJob()
    {
        await using var world = await RealWorld.StartAsync();
        await using var scheduler = world.StartScheduler("max-in-flight: 1\njob-cancel-checker-poll-interval: 1s");
        var job = await EnqueueAsync(world, "8s");
        await world.UntilAsync("the first job runs", () => world.Buildkite.Observer.Find(job)!.State == JobState.Running, scheduler);
        var next = await EnqueueAsync(world, "200ms");

        var made = await world.Client.BatchV1.ReadNamespacedJobAsync(
            $"buildkite-{job}", RealWorld.Namespace, cancellationToken: world.Deadline);
        Assert.DoesNotContain("buildkite.com/controller-id", made.Metadata.Labels.Keys);
        Assert.DoesNotContain("scheduler.buildkite.com/node", made.Spec.Template.Metadata.Labels.Keys);

        await ForgeAsync(world, "forged", job);
        await ForgeAsync(world, $"x-{job}", job);
        await ForgePodAsync(world, job);

        await SucceedsAsync(world, job, scheduler);
        await SucceedsAsync(world, next, scheduler);
        var (first, second) = (world.Buildkite.Observer.Find(job)!, world.Buildkite.Observer.Find(next)!);
        var begun = second.History.First(change => change.State == JobState.Running).At;
        Assert.True(begun >= first.History[^1].At, $"the next job ran at {begun:O}, and the first ended at {first.History[^1].At:O}");
        Assert.Equal(0, await scheduler.StopAsync(world.Deadline));

        var log = await File.ReadAllTextAsync(Path.Combine(world.Plane.Folder, "scheduler.log"), world.Deadline);
        Assert.Equal(1, Count(log, "jobs/forged is ignored"));
        Assert.Equal(1, Count(log, "pods/forged is ignored"));
    }

    private static async Task<JobId> EnqueueAsync(RealWorld world, string duration)
    {
        const string Forged = """
            {"buildkite.com/controller-id": "elsewhere", "scheduler.buildkite.com/node": "true", "scheduler.buildkite.com/grant": "1-1"}
            """;
        var jobs = await world.Buildkite.EnqueueManyAsync(
            1,
            new NewJob
            {
                Env = new Dictionary<string, string> { ["SANDBOX_DURATION"] = duration },
                PluginsJson = "[{\"github.com/buildkite-plugins/kubernetes-buildkite-plugin\": {\"metadata\": {\"labels\": " + Forged + "}}}]",
            },
            world.Deadline);
        return jobs.Single();
    }

    /// <summary>A Job that comes and goes at once.</summary>
    private static async Task ForgeAsync(RealWorld world, string name, JobId label)
    {
        var labels = new Dictionary<string, string> { [Uuid] = label.ToString() };
        await world.Client.BatchV1.CreateNamespacedJobAsync(
            new V1Job
            {
                Metadata = new V1ObjectMeta { Name = name, Labels = labels },
                Spec = new V1JobSpec
                {
                    Suspend = true,
                    Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = labels }, Spec = Spec() },
                },
            },
            RealWorld.Namespace,
            cancellationToken: world.Deadline);
        await world.Client.BatchV1.DeleteNamespacedJobAsync(
            name, RealWorld.Namespace, new V1DeleteOptions { PropagationPolicy = "Background" }, cancellationToken: world.Deadline);
    }

    private static Task<V1Pod> ForgePodAsync(RealWorld world, JobId label) => world.Client.CoreV1.CreateNamespacedPodAsync(
        new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = "forged",
                Labels = new Dictionary<string, string> { [Uuid] = label.ToString() },
                Annotations = new Dictionary<string, string> { ["sandbox.scheduler/behaviour"] = "init-failure" },
            },
            Spec = Spec(),
        },
        RealWorld.Namespace,
        cancellationToken: world.Deadline);

    private static async Task SucceedsAsync(RealWorld world, JobId job, SchedulerProcess scheduler)
    {
        await world.UntilAsync("the job has ended", () => world.Buildkite.Observer.Find(job)!.State == JobState.Finished, scheduler);
        var facts = world.Buildkite.Observer.Find(job)!.Facts;
        Assert.Equal((0, 0), (facts.ExitStatus, facts.StackFinishes));
    }

    private static V1PodSpec Spec() => new()
    {
        RestartPolicy = "Never",
        AutomountServiceAccountToken = false,
        InitContainers = [new V1Container { Name = "setup", Image = "alpine" }],
        Containers = [new V1Container { Name = "agent", Image = "alpine" }],
    };

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
