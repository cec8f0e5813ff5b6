using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration.Validation;

/// <summary>Each additional hook needs a path and a named volume; the texts are the original's.</summary>
internal static class AdditionalHookRules
{
    public static void Check(ControllerOptions options, ConfigurationDraft draft)
    {
        var hooks = options.AgentConfig?.AdditionalHooks ?? [];
        for (var i = 0; i < hooks.Length; i++)
        {
            var key = $"agent-config.additional-hooks[{i}]";
            if (string.IsNullOrEmpty(hooks[i].Path))
            {
                Require($"{key}.path", "set where to mount the hooks, such as /buildkite/hooks");
            }

            if (hooks[i].Volume is not { } volume)
            {
                Require($"{key}.volume", "set a Kubernetes Volume; for hooks in the image use additional-hooks-paths");
            }
            else if (string.IsNullOrEmpty(volume.Name))
            {
                Require($"{key}.volume.name", "give the volume a name");
            }
        }

        void Require(string key, string remedy) => draft.Refuse(key, null, $"{key} is required", remedy);
    }
}
