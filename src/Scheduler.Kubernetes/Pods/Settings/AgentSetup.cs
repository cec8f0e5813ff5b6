using k8s.Models;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Settings;

/// <summary>
/// What <c>agent-config</c> comes to: the same for every pod, so it is worked out once. Without an <c>agent-config</c> all of it
/// is empty.
/// </summary>
internal sealed class AgentSetup
{
    private readonly AgentConfig? _config;
    private readonly KeyFile _signing;
    private readonly KeyFile _verification;
    private readonly string? _hooksPath;
    private readonly string? _pluginsPath;

    public AgentSetup(AgentConfig? config)
    {
        _config = config;
        _signing = KeyFile.Resolve(config?.SigningJwksFile, config?.SigningJwksVolume, WellKnown.SigningKeysPath);
        _verification = KeyFile.Resolve(config?.VerificationJwksFile, config?.VerificationJwksVolume, WellKnown.VerificationKeysPath);
        _hooksPath = PathOf(config?.HooksPath, config?.HooksVolume, WellKnown.HooksPath);
        _pluginsPath = PathOf(config?.PluginsPath, config?.PluginsVolume, WellKnown.PluginsPath);
        Volumes = config is null ? [] : [.. VolumesOf(config)];
        CheckoutMounts = config is null ? [] : [.. HookMounts(config), .. Mount(config.PluginsVolume, _pluginsPath)];
        CommandMounts = [.. CheckoutMounts, .. Present(_signing.Mount)];
        AgentMounts = [.. CommandMounts, .. Present(_verification.Mount)];
    }

    /// <summary>Volumes of the pod.</summary>
    public IReadOnlyList<V1Volume> Volumes { get; }

    public IReadOnlyList<V1VolumeMount> AgentMounts { get; }

    public IReadOnlyList<V1VolumeMount> CommandMounts { get; }

    public IReadOnlyList<V1VolumeMount> CheckoutMounts { get; }

    /// <summary>Sets the agent container's variables, in the order of pod-building.md §8.1.</summary>
    public void AddTo(EnvList env)
    {
        if (_config is { } config)
        {
            AgentVariables.Start(config, env);
            env.Set(EnvNames.HooksPath, _hooksPath)
                .Set("BUILDKITE_ADDITIONAL_HOOKS_PATHS", [.. config.AdditionalHooksPaths, .. HookPaths(config)])
                .Set(EnvNames.PluginsPath, _pluginsPath);
            AgentVariables.Bootstrap(config, env);
            AgentVariables.Signing(config, _signing.Path, _verification.Path, env);
        }
    }

    private static string? PathOf(string? path, V1Volume? volume, string standard) => path ?? (volume is null ? null : standard);

    private static IEnumerable<string> HookPaths(AgentConfig config) =>
        config.AdditionalHooks.Select(hook => hook.Path).Where(path => !string.IsNullOrEmpty(path)).Select(path => path!);

    private IEnumerable<V1VolumeMount> HookMounts(AgentConfig config) =>
        Mount(config.HooksVolume, _hooksPath)
            .Concat(config.AdditionalHooks.SelectMany(hook => string.IsNullOrEmpty(hook.Path) ? [] : Mount(hook.Volume, hook.Path)));

    private static IEnumerable<V1Volume> VolumesOf(AgentConfig config) =>
        Present(config.HooksVolume)
            .Concat(config.AdditionalHooks.SelectMany(hook => Present(hook.Volume)))
            .Concat(Present(config.PluginsVolume))
            .Concat(Present(config.SigningJwksVolume))
            .Concat(Present(config.VerificationJwksVolume));

    private static IEnumerable<V1VolumeMount> Mount(V1Volume? volume, string? path) =>
        volume is null ? [] : [new V1VolumeMount { Name = volume.Name, MountPath = path }];

    private static IEnumerable<T> Present<T>(T? one)
        where T : class => one is null ? [] : [one];
}
