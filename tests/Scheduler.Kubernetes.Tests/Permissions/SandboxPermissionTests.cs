using System.Net;
using k8s;
using k8s.Autorest;
using Scheduler.Kubernetes.Permissions;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Permissions;

/// <summary><see cref="PermissionContract"/> on the sandbox.</summary>
public sealed class SandboxPermissionTests(SandboxApiServer server) : PermissionContract(server), IClassFixture<SandboxApiServer>
{
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
