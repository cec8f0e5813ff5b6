namespace Scheduler.Kubernetes.Pods;

/// <summary>Environment variables that more than one part reads or sets.</summary>
internal static class EnvNames
{
    public const string BootstrapPhases = "BUILDKITE_BOOTSTRAP_PHASES";
    public const string Command = "BUILDKITE_COMMAND";
    public const string ContainerId = "BUILDKITE_CONTAINER_ID";
    public const string SocketsPath = "BUILDKITE_SOCKETS_PATH";
    public const string Shell = "BUILDKITE_SHELL";
    public const string HooksPath = "BUILDKITE_HOOKS_PATH";
    public const string PluginsPath = "BUILDKITE_PLUGINS_PATH";

    /// <summary>In the job's own environment: the pipeline's <c>image:</c>.</summary>
    public const string Image = "BUILDKITE_IMAGE";
}
