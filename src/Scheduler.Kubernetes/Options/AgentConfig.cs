using System.Collections.Immutable;
using System.Text.Json.Serialization;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>agent-config</c>: options of the agent in every pod (configuration.md §9.1). Null = not set.</summary>
[KebabCaseKeys]
public sealed record AgentConfig
{
    [Meaning("base URL of Buildkite's Agent API, for the agents and for the controller itself")]
    public string? Endpoint { get; init; }

    [Meaning("agents talk HTTP/1.1 only; the controller does not heed it")]
    public bool? NoHttp2 { get; init; }

    [Meaning("experiments the agents switch on")]
    public ImmutableArray<string> Experiment { get; init; } = [];

    [Meaning("shell that runs commands; /bin/sh -ec unless set")]
    public string? Shell { get; init; }

    [Meaning("agents log without colours")]
    public bool? NoColor { get; init; }

    [Meaning("at most one checkout hook and one command hook run")]
    public bool? StrictSingleHooks { get; init; }

    [Meaning("artifacts are uploaded in one piece each")]
    public bool? NoMultipartArtifactUpload { get; init; }

    [Meaning("how trace contexts are written into the job's environment")]
    public string? TraceContextEncoding { get; init; }

    [Meaning("where agents send traces")]
    public string? TracingBackend { get; init; }

    [Meaning("name of the service in these traces")]
    public string? TracingServiceName { get; init; }

    [Meaning("agents continue the trace that Buildkite started")]
    public bool? TracingPropagateTraceparent { get; init; }

    [Meaning("agent warnings to be silent about")]
    public ImmutableArray<string> DisableWarningsFor { get; init; } = [];

    [Meaning("agents log what they sign and verify; may show secrets")]
    public bool? DebugSigning { get; init; }

    [Meaning("no git fetch when the commit is already there")]
    public bool? GitSkipFetchExistingCommits { get; init; }

    [Meaning("how long the agent waits for the other containers before it fails the job")]
    public TimeSpan? ContainerStartTimeout { get; init; }

    [Meaning("commands run without a pseudo terminal")]
    public bool? NoPty { get; init; }

    [Meaning("only scripts of the repository run, no command lines")]
    public bool? NoCommandEval { get; init; }

    [Meaning("hooks of the repository are not run")]
    public bool? NoLocalHooks { get; init; }

    [Meaning("no plugins")]
    public bool? NoPlugins { get; init; }

    [Meaning("plugins' settings are checked against their schemas")]
    public bool? PluginValidation { get; init; }

    [Meaning("folder of the agent's hooks; /workspace/hooks unless set")]
    public string? HooksPath { get; init; }

    [Meaning("volume mounted there in all of the agent's containers")]
    [JsonPropertyName("hooksVolume")]
    public V1Volume? HooksVolume { get; init; }

    [Meaning("more folders of hooks, which the images contain")]
    public ImmutableArray<string> AdditionalHooksPaths { get; init; } = [];

    [Meaning("more folders of hooks, which come from volumes")]
    public ImmutableArray<AdditionalHook> AdditionalHooks { get; init; } = [];

    [Meaning("folder of plugins; /workspace/plugins unless set")]
    public string? PluginsPath { get; init; }

    [Meaning("volume mounted there in all of the agent's containers")]
    [JsonPropertyName("pluginsVolume")]
    public V1Volume? PluginsVolume { get; init; }

    [Meaning("keys that sign uploaded steps; relative to the mount of signingJWKSVolume if there is one")]
    public string? SigningJwksFile { get; init; }

    [Meaning("which of them signs")]
    public string? SigningJwksKeyId { get; init; }

    [Meaning("volume with them, mounted at /buildkite/signing-jwks unless the file's path is absolute; not in checkout")]
    [JsonPropertyName("signingJWKSVolume")]
    public V1Volume? SigningJwksVolume { get; init; }

    [Meaning("keys that verify steps; relative to the mount of verificationJWKSVolume if there is one")]
    public string? VerificationJwksFile { get; init; }

    [Meaning("volume with them, mounted at /buildkite/verification-jwks unless the file's path is absolute; in the agent's container only")]
    [JsonPropertyName("verificationJWKSVolume")]
    public V1Volume? VerificationJwksVolume { get; init; }

    [Meaning("warn or block steps without a valid signature; warn if there are no keys to verify with")]
    public string? VerificationFailureBehavior { get; init; }
}
