using k8s;
using k8s.Models;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Permissions;
using Scheduler.Kubernetes.Tests.Jobs;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Permissions;

/// <summary><see cref="PermissionContract"/> on a real API server with RBAC.</summary>
[Collection(RealApiServerCollection.Name)]
public sealed class RealPermissionTests(RealApiServer server) : PermissionContract(server), IRealApiServerTests
{
    [RealApiServerFact]
    public async Task AnAccountWithoutARoleMayDoNothingButAsk()
    {
        await Server.Admin.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "nobody" } }, Ns, cancellationToken: Deadline);
        var token = await Server.Admin.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = ["https://kubernetes.default.svc"], ExpirationSeconds = 3600 } },
            "nobody",
            Ns,
            cancellationToken: Deadline);
        var configuration = Server.Configuration();
        configuration.AccessToken = token.Status.Token;
        using var client = KubernetesConnection.Connect(configuration);
        var review = new PermissionReview(client);
        foreach (var permission in NeededPermissions.All)
        {
            Assert.False(await review.IsAllowedAsync(permission, Ns, name: null, Deadline), permission.ToString());
        }
    }
}
