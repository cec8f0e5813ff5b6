using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Settings;

/// <summary>Which key of <c>agent-config</c> sets which variable of the agent (pod-building.md §8.1).</summary>
internal static class AgentVariables
{
    public static void Start(AgentConfig config, EnvList env) => env
        .Set("BUILDKITE_AGENT_ENDPOINT", config.Endpoint)
        .Set("BUILDKITE_NO_HTTP2", config.NoHttp2)
        .Set("BUILDKITE_AGENT_EXPERIMENT", config.Experiment)
        .Set(EnvNames.Shell, config.Shell)
        .Set("BUILDKITE_AGENT_NO_COLOR", config.NoColor)
        .Set("BUILDKITE_STRICT_SINGLE_HOOKS", config.StrictSingleHooks)
        .Set("BUILDKITE_NO_MULTIPART_ARTIFACT_UPLOAD", config.NoMultipartArtifactUpload)
        .Set("BUILDKITE_TRACE_CONTEXT_ENCODING", config.TraceContextEncoding)
        .Set("BUILDKITE_TRACING_BACKEND", config.TracingBackend)
        .Set("BUILDKITE_TRACING_SERVICE_NAME", config.TracingServiceName)
        .Set("BUILDKITE_TRACING_PROPAGATE_TRACEPARENT", config.TracingPropagateTraceparent)
        .Set("BUILDKITE_AGENT_DISABLE_WARNINGS_FOR", config.DisableWarningsFor)
        .Set("BUILDKITE_AGENT_DEBUG_SIGNING", config.DebugSigning)
        .Set("BUILDKITE_GIT_SKIP_FETCH_EXISTING_COMMITS", config.GitSkipFetchExistingCommits)
        .Set(
            "BUILDKITE_KUBERNETES_CONTAINER_START_TIMEOUT",
            config.ContainerStartTimeout is { } timeout ? GoDuration.Format(timeout) : null);

    public static void Bootstrap(AgentConfig config, EnvList env) => env
        .Set("BUILDKITE_NO_PTY", config.NoPty)
        .Set("BUILDKITE_NO_COMMAND_EVAL", config.NoCommandEval)
        .Set("BUILDKITE_NO_LOCAL_HOOKS", config.NoLocalHooks)
        .Set("BUILDKITE_NO_PLUGINS", config.NoPlugins)
        .Set("BUILDKITE_NO_PLUGIN_VALIDATION", !config.PluginValidation);

    /// <param name="config">The configuration.</param>
    /// <param name="signingFile">The file to sign with, resolved.</param>
    /// <param name="verificationFile">The file to verify with, resolved. Without one the agent is told to let unsigned jobs run.</param>
    /// <param name="env">Where to set them.</param>
    public static void Signing(AgentConfig config, string? signingFile, string? verificationFile, EnvList env) => env
        .Set("BUILDKITE_AGENT_SIGNING_JWKS_FILE", signingFile)
        .Set("BUILDKITE_AGENT_SIGNING_JWKS_KEY_ID", config.SigningJwksKeyId)
        .Set("BUILDKITE_AGENT_VERIFICATION_JWKS_FILE", verificationFile)
        .Set(
            "BUILDKITE_AGENT_JOB_VERIFICATION_NO_SIGNATURE_BEHAVIOR",
            config.VerificationFailureBehavior ?? (verificationFile is null ? "warn" : null));
}
