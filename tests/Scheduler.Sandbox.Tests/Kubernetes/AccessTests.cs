using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Sandbox.Kubernetes;

namespace Scheduler.Sandbox.Tests.Kubernetes;

public sealed class AccessTests
{
    [Fact]
    public async Task WithoutTheTokenNobodyGetsInButHealthIsPublic()
    {
        await using var server = await KubernetesServer.StartAsync(new KubernetesServerOptions { BearerToken = "let-me-in" }, CancellationToken.None);
        using var stranger = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Endpoint.ToString() });
        using var friend = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Endpoint.ToString(), AccessToken = "let-me-in" });

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => stranger.BatchV1.ListNamespacedJobAsync("default"));

        Assert.Equal(HttpStatusCode.Unauthorized, refusal.Response.StatusCode);
        Assert.Contains("\"reason\":\"Unauthorized\"", refusal.Response.Content, StringComparison.Ordinal);
        Assert.Empty((await friend.BatchV1.ListNamespacedJobAsync("default")).Items);
        Assert.Equal("32", (await stranger.Version.GetCodeAsync()).Minor);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheKubeconfigLeadsToTheServer(bool useTls)
    {
        await using var server = await KubernetesServer.StartAsync(
            new KubernetesServerOptions { UseTls = useTls, BearerToken = useTls ? "t" : null }, CancellationToken.None);
        var path = Path.Combine(Path.GetTempPath(), $"kubeconfig-{Guid.NewGuid():N}");
        try
        {
            await server.WriteKubeconfigAsync(path, CancellationToken.None);
            using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));

            Assert.Contains((await client.CoreV1.ListNamespaceAsync()).Items, item => item.Name() == "default");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task WhoeverGotInMayDoEverything()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var review = await api.Client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = new V1ResourceAttributes { Verb = "create", Resource = "jobs" } },
        });

        Assert.True(review.Status.Allowed);
    }

    [Fact]
    public async Task WhatIsServedCanBeDiscovered()
    {
        await using var api = await ApiServer.StartPassiveAsync();

        var groups = await api.Client.Apis.GetAPIVersionsAsync();
        var batch = await api.Client.BatchV1.GetAPIResourcesAsync();

        Assert.Equal(["authorization.k8s.io", "batch", "coordination.k8s.io"], groups.Groups.Select(group => group.Name).Order());
        Assert.Equal(["jobs", "jobs/status"], batch.Resources.Select(resource => resource.Name));
        Assert.Equal("ok", await api.Http.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
    }

    [Fact]
    public async Task RequestsAreCounted()
    {
        await using var api = await ApiServer.StartPassiveAsync();
        await api.CreateAsync(ApiServer.Job("a"));
        await api.FinishAsync("a");

        Assert.Equal((1, 1, 0), (api.Server.RequestsOf("create", "jobs"), api.Server.RequestsOf("patch", "jobs/status"), api.Server.RequestsOf("delete", "jobs")));
    }
}
