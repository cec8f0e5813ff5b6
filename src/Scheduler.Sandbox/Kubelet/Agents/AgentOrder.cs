using k8s.Models;

namespace Scheduler.Sandbox.Kubelet.Agents;

/// <summary>What the agent container's environment tells the agent to do.</summary>
/// <param name="Name">Name of the agent: the pod's.</param>
/// <param name="Job">UUID of the job to acquire.</param>
/// <param name="Endpoint">Base address of the agent API, without slash at its end.</param>
/// <param name="Token">The agent token.</param>
/// <param name="Tags">The agent's tags as <c>key=value</c>.</param>
internal sealed record AgentOrder(string Name, string Job, string Endpoint, string Token, IReadOnlyList<string> Tags)
{
    /// <summary>Null for a pod without an agent container that is to acquire a job.</summary>
    /// <exception cref="InvalidOperationException">Neither the container nor the options name the agent API.</exception>
    public static AgentOrder? Of(V1Pod pod, KubeletOptions options)
    {
        var env = pod.Spec.Containers.FirstOrDefault(container => container.Name == "agent")?.Env;
        string? Value(string name) => env?.LastOrDefault(variable => variable.Name == name)?.Value;
        if (Value("BUILDKITE_AGENT_ACQUIRE_JOB") is not { Length: > 0 } job)
        {
            return null;
        }

        var endpoint = Value("BUILDKITE_AGENT_ENDPOINT") ?? options.AgentEndpoint?.ToString() ?? throw new InvalidOperationException(
            $"pod {pod.Metadata.Name}: the agent container has no BUILDKITE_AGENT_ENDPOINT; set it, or AgentEndpoint of the kubelet");
        var tags = Value("BUILDKITE_AGENT_TAGS")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new AgentOrder(pod.Metadata.Name, job, endpoint.TrimEnd('/'), Value("BUILDKITE_AGENT_TOKEN") ?? options.AgentToken, tags);
    }
}
