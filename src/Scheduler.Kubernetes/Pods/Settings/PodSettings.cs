using k8s.Models;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Images;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Settings;

/// <summary>The part of the configuration that concerns pods, worked out once for all of them.</summary>
internal sealed class PodSettings
{
    private const string RedactedByDefault =
        "*_PASSWORD,*_SECRET,*_TOKEN,*_PRIVATE_KEY,*_SSH_KEY,*_ACCESS_KEY,*_SECRET_KEY,*_CONNECTION_STRING,*_API_KEY";

    /// <exception cref="ArgumentException">The configured image is no image reference.</exception>
    public PodSettings(ControllerOptions options, string version)
    {
        if (!ImageReference.TryParse(options.Image, out var image, out var error))
        {
            throw new ArgumentException(
                $"configuration key 'image': {error}: {GoText.Quote(options.Image)}; "
                + "give a reference such as ghcr.io/buildkite/agent:3.136.2",
                nameof(options));
        }

        Options = options;
        Version = version;
        Policies = new ImagePolicies(options.DefaultImagePullPolicy, options.DefaultImageCheckPullPolicy);
        AgentImagePolicy = Policies.ForUnchecked(image);
        Agent = new AgentSetup(options.AgentConfig);
        RedactedVars = string.Join(',', [RedactedByDefault, .. options.AdditionalRedactedVars]);
        WorkspaceVolume = options.WorkspaceVolume
            ?? new V1Volume { Name = WellKnown.WorkspaceVolume, EmptyDir = new V1EmptyDirVolumeSource() };
        WorkspaceMount = new V1VolumeMount
        {
            Name = WorkspaceVolume.Name,
            MountPath = WellKnown.Workspace,
            SubPathExpr = options.WorkspaceMountSubPathExpr is { Length: > 0 } expression ? expression : null,
        };
        ImageCheckLimits = new Dictionary<string, ResourceQuantity>
        {
            ["cpu"] = QuantityOr(options.ImageCheckContainerCpuLimit, "200m"),
            ["memory"] = QuantityOr(options.ImageCheckContainerMemoryLimit, "128Mi"),
        };
    }

    public ControllerOptions Options { get; }

    /// <summary>Of this program, for the agent's tags.</summary>
    public string Version { get; }

    public ImagePolicies Policies { get; }

    /// <summary>The pull policy of containers with the configured image, before image checks.</summary>
    public string AgentImagePolicy { get; }

    public AgentSetup Agent { get; }

    /// <summary>Patterns of variables whose values the agent hides in logs.</summary>
    public string RedactedVars { get; }

    public V1Volume WorkspaceVolume { get; }

    public V1VolumeMount WorkspaceMount { get; }

    public IReadOnlyDictionary<string, ResourceQuantity> ImageCheckLimits { get; }

    private static ResourceQuantity QuantityOr(string text, string fallback) =>
        QuantityText.TryParse(text, out var quantity) ? quantity : new ResourceQuantity(fallback);
}
