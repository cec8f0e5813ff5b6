using System.Collections.Immutable;
using System.Text.Json.Serialization;
using k8s.Models;

namespace Scheduler.Kubernetes.Options;

/// <summary><c>agent-config</c>: options of the agent in every pod (configuration.md §9.1). Null = not set.</summary>
[KebabCaseKeys]
public sealed record AgentConfig
{
    public string? Endpoint { get; init; }

    public bool? NoHttp2 { get; init; }

    public ImmutableArray<string> Experiment { get; init; } = [];

    public string? Shell { get; init; }

    public bool? NoColor { get; init; }

    public bool? StrictSingleHooks { get; init; }

    public bool? NoMultipartArtifactUpload { get; init; }

    public string? TraceContextEncoding { get; init; }

    public string? TracingBackend { get; init; }

    public string? TracingServiceName { get; init; }

    public bool? TracingPropagateTraceparent { get; init; }

    public ImmutableArray<string> DisableWarningsFor { get; init; } = [];

    public bool? DebugSigning { get; init; }

    public bool? GitSkipFetchExistingCommits { get; init; }

    public TimeSpan? ContainerStartTimeout { get; init; }

    public bool? NoPty { get; init; }

    public bool? NoCommandEval { get; init; }

    public bool? NoLocalHooks { get; init; }

    public bool? NoPlugins { get; init; }

    public bool? PluginValidation { get; init; }

    public string? HooksPath { get; init; }

    [JsonPropertyName("hooksVolume")]
    public V1Volume? HooksVolume { get; init; }

    public ImmutableArray<string> AdditionalHooksPaths { get; init; } = [];

    public ImmutableArray<AdditionalHook> AdditionalHooks { get; init; } = [];

    public string? PluginsPath { get; init; }

    [JsonPropertyName("pluginsVolume")]
    public V1Volume? PluginsVolume { get; init; }

    public string? SigningJwksFile { get; init; }

    public string? SigningJwksKeyId { get; init; }

    [JsonPropertyName("signingJWKSVolume")]
    public V1Volume? SigningJwksVolume { get; init; }

    public string? VerificationJwksFile { get; init; }

    [JsonPropertyName("verificationJWKSVolume")]
    public V1Volume? VerificationJwksVolume { get; init; }

    public string? VerificationFailureBehavior { get; init; }
}
