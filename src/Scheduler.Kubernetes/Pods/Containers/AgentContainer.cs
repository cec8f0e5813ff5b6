using System.Globalization;
using k8s.Models;
using Scheduler.Kubernetes.Pods.Settings;

namespace Scheduler.Kubernetes.Pods.Containers;

/// <summary>
/// The agent proper: it acquires the job and hands the environment to the bootstraps in the other containers, for which it waits
/// first (pod-building.md §7.4).
/// </summary>
internal static class AgentContainer
{
    /// <summary>Seconds of the pod's grace that are left to the agent after the command was told to stop.</summary>
    private const int SecondsForTheAgent = 10;

    public static V1Container Create(JobScope scope, int commandContainers) => new()
    {
        Name = WellKnown.AgentContainer,
        Image = scope.Options.Image,
        ImagePullPolicy = scope.Settings.AgentImagePolicy,
        Args = ["start"],
        WorkingDir = WellKnown.Workspace,
        Env = Variables(scope, commandContainers),
        VolumeMounts = Lists.Concat<V1VolumeMount>(scope.SharedMounts, scope.Settings.Agent.AgentMounts),
    };

    private static List<V1EnvVar> Variables(JobScope scope, int commandContainers)
    {
        var env = new EnvList()
            .Add("BUILDKITE_KUBERNETES_EXEC", "true")
            .Add("BUILDKITE_CONTAINER_COUNT", Text(commandContainers + scope.SystemContainers))
            .Add("BUILDKITE_AGENT_TAGS", scope.Tags.ForAgent(scope.Settings.Version))
            .Add("BUILDKITE_K8S_NODE", Field("spec.nodeName"))
            .Add("BUILDKITE_K8S_NAMESPACE", Field("metadata.namespace"))
            .Add("BUILDKITE_K8S_SERVICE_ACCOUNT", Field("spec.serviceAccountName"))
            .Add("BUILDKITE_BUILD_PATH", WellKnown.BuildPath)
            .Add(EnvNames.HooksPath, WellKnown.HooksPath)
            .Add(EnvNames.PluginsPath, WellKnown.PluginsPath)
            .Add(EnvNames.SocketsPath, WellKnown.Sockets(WellKnown.AgentContainer))
            .Add(EnvNames.Shell, "/bin/sh -ec")
            .Add(WellKnown.TokenKey, Secret(scope.Options.AgentTokenSecret, WellKnown.TokenKey))
            .Add("BUILDKITE_AGENT_ACQUIRE_JOB", scope.JobId.ToString())
            .Add("BUILDKITE_REDACTED_VARS", scope.Settings.RedactedVars)
            .Add("BUILDKITE_CANCEL_GRACE_PERIOD", Text(Math.Max(scope.GraceSeconds, 1)))
            .Add("BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS", Text(Math.Max(scope.GraceSeconds, SecondsForTheAgent) - SecondsForTheAgent));
        scope.Settings.Agent.AddTo(env);
        foreach (var checkout in scope.CheckoutLevels)
        {
            GitVariables.AddTo(env, checkout);
        }

        return env.ToList();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static V1EnvVarSource Field(string path) => new() { FieldRef = new V1ObjectFieldSelector { FieldPath = path } };

    private static V1EnvVarSource Secret(string name, string key) =>
        new() { SecretKeyRef = new V1SecretKeySelector { Name = name, Key = key } };
}
