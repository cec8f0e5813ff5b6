using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;
using Scheduler.Kubernetes.Connection;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Running;

/// <summary>Reads the agent token from its Kubernetes Secret. The token is never logged.</summary>
internal static class AgentToken
{
    private const string Key = "BUILDKITE_AGENT_TOKEN";

    /// <exception cref="InvalidOperationException">The secret or its key is missing or empty; it may appear later.</exception>
    public static async Task<string> ReadAsync(IKubernetes kubernetes, ControllerOptions options, CancellationToken cancellationToken)
    {
        var (name, ns) = (options.AgentTokenSecret, options.Namespace);
        try
        {
            var secret = await kubernetes.CoreV1.ReadNamespacedSecretAsync(name, ns, cancellationToken: cancellationToken);
            return secret.Data is not null && secret.Data.TryGetValue(Key, out var token) && token.Length > 0
                ? Encoding.UTF8.GetString(token).Trim()
                : throw new InvalidOperationException(
                    $"secret {ns}/{name} (agent-token-secret) has no value for {Key}; put the cluster's agent token there");
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException(
                $"secret {ns}/{name} (agent-token-secret) does not exist; create it with the key {Key}", error);
        }
        catch (HttpOperationException error)
        {
            throw new InvalidOperationException(ApiFailure.Describe(error, "get", "secrets"), error);
        }
    }
}
