using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Pods.Settings;

/// <summary>Which of the checkout parameters sets which variable of the agent (pod-building.md §8.2).</summary>
internal static class GitVariables
{
    public static void AddTo(EnvList env, CheckoutParams? checkout)
    {
        if (checkout is null)
        {
            return;
        }

        env.Set("BUILDKITE_GIT_CHECKOUT_FLAGS", checkout.CheckoutFlags)
            .Set("BUILDKITE_GIT_CLEAN_FLAGS", checkout.CleanFlags)
            .Set("BUILDKITE_GIT_CLONE_FLAGS", checkout.CloneFlags)
            .Set("BUILDKITE_GIT_FETCH_FLAGS", checkout.FetchFlags)
            .Set("BUILDKITE_NO_GIT_SUBMODULES", checkout.NoSubmodules)
            .Set("BUILDKITE_GIT_SUBMODULE_CLONE_CONFIG", checkout.SubmoduleCloneConfig);
        if (checkout.GitMirrors is { } mirrors)
        {
            env.Set("BUILDKITE_GIT_MIRRORS_PATH", MirrorsPath(mirrors))
                .Set("BUILDKITE_GIT_CLONE_MIRROR_FLAGS", mirrors.CloneFlags)
                .Set("BUILDKITE_GIT_MIRRORS_LOCK_TIMEOUT", mirrors.LockTimeout > 0 ? mirrors.LockTimeout : null)
                .Set("BUILDKITE_GIT_MIRRORS_SKIP_UPDATE", mirrors.SkipUpdate);
        }
    }

    /// <summary>Null when mirrors have neither a path nor a volume.</summary>
    public static string? MirrorsPath(GitMirrorsParams mirrors) =>
        mirrors.Path ?? (mirrors.Volume is null ? null : WellKnown.GitMirrorsPath);
}
