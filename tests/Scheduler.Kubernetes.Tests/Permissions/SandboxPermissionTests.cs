using System.Net;
using k8s;
using k8s.Autorest;
using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Permissions;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Permissions;

/// <summary><see cref="PermissionContract"/> on the sandbox.</summary>
public sealed class SandboxPermissionTests(SandboxApiServer server) : PermissionContract(server), IClassFixture<SandboxApiServer>
{
    [Fact]
    public void JobsAndTheSchedulerItselfMayLiveApart()
    {
        var options = new ControllerOptions { Namespace = "jobs", ClusterNamespace = "ci", ClusterPodSelector = "app=x" };
        var needed = NeededPermissions.For(options).Select(permission => $"{permission} in {permission.NamespaceFor(options)}").ToArray();
        Assert.Contains("create jobs.batch in jobs", needed);
        Assert.Contains("get secrets in jobs", needed);
        Assert.Equal(
            [
                "list pods in ci",
                "get leases.coordination.k8s.io in ci",
                "create leases.coordination.k8s.io in ci",
                "update leases.coordination.k8s.io in ci",
                "get secrets in ci",
                "create secrets in ci",
            ],
            needed.Where(line => line.EndsWith(" in ci", StringComparison.Ordinal)));
    }

    [Fact]
    public void NodesWithoutAnAuthorityOfTheirOwnMayMakeNoSecret()
    {
        var options = new ControllerOptions { ClusterPodSelector = "app=x", ClusterTls = "none" };
        Assert.DoesNotContain(NeededPermissions.For(options), permission => permission.ToString() == "create secrets");
    }

    [Theory]
    [InlineData("ci", "", 1)]
    [InlineData("", "app=x", 1)]
    [InlineData("ci", "app=x", 2)]
    public void WhatIsNotUsedIsNotAskedForAndNothingTwice(string schedulerNamespace, string podSelector, int expected)
    {
        var options = new ControllerOptions { Namespace = "jobs", ClusterNamespace = schedulerNamespace, ClusterPodSelector = podSelector };
        var lists = NeededPermissions.For(options).Count(permission => permission.ToString() == "list pods");
        Assert.Equal(expected, lists);
    }

    [Fact]
    public async Task WhatIsDeniedIsSaidAndRefused()
    {
        var permission = NeededPermissions.All.Single(needed => needed.ToString() == "get podtemplates");
        server.Server.Faults.Deny("get", "podtemplates");
        try
        {
            Assert.False(await new PermissionReview(Client).IsAllowedAsync(permission, Ns, name: null, Deadline));
            var refusal = await Assert.ThrowsAsync<HttpOperationException>(
                () => Client.CoreV1.ReadNamespacedPodTemplateAsync("any", Ns, cancellationToken: Deadline));
            Assert.Equal(HttpStatusCode.Forbidden, refusal.Response.StatusCode);
        }
        finally
        {
            server.Server.Faults.Clear();
        }
    }
}
