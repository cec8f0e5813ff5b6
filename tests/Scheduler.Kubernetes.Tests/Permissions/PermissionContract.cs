using Scheduler.Kubernetes.Permissions;
using Scheduler.Kubernetes.Tests.Connection;
using Scheduler.Testing.Envtest;

namespace Scheduler.Kubernetes.Tests.Permissions;

/// <summary>What any API server says of permissions.</summary>
public abstract class PermissionContract(ApiServer server) : ApiServerTests(server, TimeSpan.FromMinutes(1))
{
    [ContractFact]
    public async Task AnAdministratorMayDoAllThatIsNeeded()
    {
        var review = new PermissionReview(Client);
        foreach (var permission in NeededPermissions.All)
        {
            Assert.True(await review.IsAllowedAsync(permission, Ns, name: null, Deadline), permission.ToString());
        }
    }
}
