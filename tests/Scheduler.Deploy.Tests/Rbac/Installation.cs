using System.Collections.Immutable;
using k8s;
using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Sandbox.Buildkite;
using Scheduler.Sandbox.Kubelet;
using Scheduler.Testing.Envtest;
using Scheduler.Testing.Networking;
using Scheduler.Testing.Processes;

namespace Scheduler.Deploy.Tests.Rbac;

/// <summary>
/// The chart installed on a real control plane, with the sandbox's Buildkite and kubelet. The scheduler is a process here, with the
/// ConfigMap's file and the service account's token.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _deadline = new(Patience);
    private readonly ControlPlane _plane;
    private readonly Kubelet _kubelet;

    private Installation(ControlPlane plane, BuildkiteServer buildkite, Kubelet kubelet, Rendered chart) =>
        (_plane, Buildkite, _kubelet, Chart) = (plane, buildkite, kubelet, chart);

    public BuildkiteServer Buildkite { get; }

    public Rendered Chart { get; }

    public CancellationToken Deadline => _deadline.Token;

    private string JobsNamespace => Chart.Configuration().Options!.Namespace;

    /// <param name="jobsNamespace">As in the chart's values.</param>
    public static async Task<Installation> StartAsync(string jobsNamespace)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var plane = await ControlPlane.StartAsync(withJobController: true, withAuditLog: true, deadline.Token);
        var buildkite = await BuildkiteServer.StartAsync(new BuildkiteServerOptions(), deadline.Token);
        var chart = await new Release(
            $$"""
            agentToken: "{{buildkite.Token}}"
            image: registry.test/scheduler:1
            jobs: {namespace: "{{jobsNamespace}}"}
            config:
              max-in-flight: 5
              prometheus-port: 0
              image-pull-backoff-grace-period: 1s
              job-cancel-checker-poll-interval: 1s
              agent-config: {endpoint: "{{buildkite.Endpoint}}"}
            """).RenderAsync();
        await ApplyAsync(plane, chart, deadline.Token);
        var kubelet = Kubelet.Start(new KubeletOptions
        {
            Cluster = plane.ClientConfiguration(),
            Namespace = chart.Configuration().Options!.Namespace,
            AgentToken = buildkite.Token,
            JobDuration = TimeSpan.FromMilliseconds(500),
        });
        return new Installation(plane, buildkite, kubelet, chart);
    }

    /// <summary>Starts a node as its pod would, but with itself as the only seed: names of pods mean nothing here.</summary>
    public SchedulerProcess Run()
    {
        var config = Path.Combine(_plane.Folder, "config.yaml");
        File.WriteAllText(config, Chart.ConfigurationText);
        var port = FreePorts.Take(1)[0];
        return SchedulerProcess.Start(
            ["run"],
            new Dictionary<string, string>
            {
                ["CONFIG"] = config,
                ["KUBECONFIG"] = ChartObjects.Kubeconfig(_plane),
                ["MANAGEMENT_PORT"] = "0",
                ["CLUSTER_HOST"] = "127.0.0.1",
                ["CLUSTER_PORT"] = $"{port}",
                ["CLUSTER_SEEDS"] = $"127.0.0.1:{port}",
            },
            Path.Combine(_plane.Folder, "scheduler.log"));
    }

    /// <summary>Whether there is a Kubernetes Job of this job.</summary>
    public async Task<bool> HasJobAsync(JobId job)
    {
        using var admin = new k8s.Kubernetes(_plane.ClientConfiguration());
        var found = await admin.BatchV1.ListNamespacedJobAsync(JobsNamespace, labelSelector: SelectorOf(job), cancellationToken: Deadline);
        return found.Items.Any(item => item.Metadata.DeletionTimestamp is null);
    }

    /// <summary>Deletes the job's Kubernetes Job as a person would.</summary>
    public async Task DeleteJobAsync(JobId job)
    {
        using var admin = new k8s.Kubernetes(_plane.ClientConfiguration());
        await admin.BatchV1.DeleteCollectionNamespacedJobAsync(
            JobsNamespace, labelSelector: SelectorOf(job), propagationPolicy: "Background", cancellationToken: Deadline);
    }

    public async Task UntilAsync(string what, Func<Task<bool>> condition, SchedulerProcess scheduler)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.False(scheduler.HasExited, $"the scheduler ended while waiting until {what}; see {_plane.Folder}");
            Assert.False(Deadline.IsCancellationRequested, $"not in {Patience}: {what}; see {_plane.Folder}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>What the service account has asked for so far.</summary>
    public ImmutableArray<AuditedRequest> Requests()
    {
        using var log = new StreamReader(new FileStream(_plane.AuditLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. AuditedRequest.Of(UserName(Chart), log.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }

    public async ValueTask DisposeAsync()
    {
        await _kubelet.DisposeAsync();
        await Buildkite.DisposeAsync();
        await _plane.DisposeAsync();
        _deadline.Dispose();
    }

    private static async Task ApplyAsync(ControlPlane plane, Rendered chart, CancellationToken cancellationToken)
    {
        using var admin = new k8s.Kubernetes(plane.ClientConfiguration());
        var ns = chart.Configuration().Options!.Namespace;
        await ChartObjects.InstallAsync(plane, chart, cancellationToken);
        await admin.CoreV1.CreateNamespacedLimitRangeAsync(
            new V1LimitRange
            {
                Metadata = new V1ObjectMeta { Name = "small-pods-only" },
                Spec = new V1LimitRangeSpec
                {
                    Limits = [new V1LimitRangeItem { Type = "Container", Max = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100") } }],
                },
            },
            ns,
            cancellationToken: cancellationToken);
        await admin.CoreV1.CreateNamespacedPodTemplateAsync(
            new V1PodTemplate
            {
                Metadata = new V1ObjectMeta { Name = "from-a-template" },
                Template = new V1PodTemplateSpec
                {
                    Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "alpine", Command = ["true"] }] },
                },
            },
            ns,
            cancellationToken: cancellationToken);
    }

    private static string SelectorOf(JobId job) => $"buildkite.com/job-uuid={job}";

    private static string UserName(Rendered chart) =>
        $"system:serviceaccount:{chart.One<V1ServiceAccount>().Namespace()}:{chart.One<V1ServiceAccount>().Name()}";
}
