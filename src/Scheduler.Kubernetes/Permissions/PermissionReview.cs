using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Permissions;

/// <summary>Asks the API server what the account of a client may do, which it tells every account about itself.</summary>
public sealed class PermissionReview(IKubernetes client)
{
    /// <param name="permission">What is to be done.</param>
    /// <param name="ns">In which namespace.</param>
    /// <param name="name">To which object; null = to any.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="HttpRequestException">The API server cannot be asked, or does not say.</exception>
    public async Task<bool> IsAllowedAsync(Permission permission, string ns, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permission);
        var question = new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new V1ResourceAttributes
                {
                    Verb = permission.Verb,
                    Group = permission.Resource.Group,
                    Version = permission.Resource.Version,
                    Resource = permission.Resource.Plural,
                    NamespaceProperty = ns,
                    Name = name,
                },
            },
        };
        try
        {
            var answer = await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(question, cancellationToken: cancellationToken);
            return answer.Status.Allowed;
        }
        catch (HttpOperationException error)
        {
            throw new HttpRequestException(ApiFailure.Describe(error, "create", "selfsubjectaccessreviews"), error, error.Response.StatusCode);
        }
    }
}
