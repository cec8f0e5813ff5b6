using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>
/// Environment variables: an empty one does not set a text or list and is an error for any other type; an unusable one is an
/// error even if a flag overrides it (configuration.md §3).
/// </summary>
internal static class EnvironmentSettings
{
    public static void Apply(IReadOnlyDictionary<string, string> environment, ConfigurationDraft draft)
    {
        foreach (var key in ConfigurationKeys.All)
        {
            if (key.Variable is null
                || !environment.TryGetValue(key.Variable, out var text)
                || (text.Length == 0 && (key.IsList || key.Property.PropertyType == typeof(string))))
            {
                continue;
            }

            if (SettingText.Parse(key, text) is { } value)
            {
                draft.Set(key, value, ConfigurationSource.Environment);
                continue;
            }

            var shown = FragmentText.Quote(text);
            draft.Unreadable(
                key.Name,
                shown,
                text.Length == 0 ? $"{key.Variable} is empty" : $"{key.Variable}={shown} is not {key.TypeName}",
                Remedy(key, text),
                ConfigurationSource.Environment);
        }
    }

    private static string Remedy(ConfigurationKey key, string text) => text.Contains("://", StringComparison.Ordinal)
        ? "remove the variable; if Kubernetes added it for a Service, set enableServiceLinks: false on the controller's pod"
        : $"set it to {key.TypeName}, or remove the variable";
}
