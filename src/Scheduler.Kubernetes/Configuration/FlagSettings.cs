using Scheduler.Kubernetes.Configuration.Fragments;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>Flags: the empty text does not set a text key, everything else that is given counts (configuration.md §2).</summary>
internal static class FlagSettings
{
    public static void Apply(IReadOnlyDictionary<string, string?> flags, ConfigurationDraft draft)
    {
        foreach (var (given, text) in flags)
        {
            var name = given.StartsWith("--", StringComparison.Ordinal) ? given[2..] : given;
            if (name == ConfigurationKeys.FileFlag)
            {
                continue;
            }

            if (ConfigurationKeys.ByFlag.TryGetValue(name, out var key))
            {
                Apply(key, text, draft);
                continue;
            }

            var nearest = NearestName.Of(name, ConfigurationKeys.ByFlag.Keys);
            draft.Unreadable(
                name,
                null,
                $"--{name} is not a known flag",
                nearest is null ? "see --help for those there are" : $"did you mean --{nearest}?",
                ConfigurationSource.Flag);
        }
    }

    private static void Apply(ConfigurationKey key, string? text, ConfigurationDraft draft)
    {
        if (text is { Length: 0 } && key.Property.PropertyType == typeof(string))
        {
            return;
        }

        var value = text is not null ? SettingText.Parse(key, text) : key.IsBoolean ? true : null;
        if (value is not null)
        {
            draft.Set(key, value, ConfigurationSource.Flag);
            return;
        }

        var shown = text is null || key.IsSecret ? null : FragmentText.Quote(text);
        draft.Unreadable(
            key.Name,
            shown,
            text is null ? $"--{key.Flag} needs a value" : $"--{key.Flag}: {shown ?? "the value"} is not {key.TypeName}",
            $"write --{key.Flag}=VALUE with {key.TypeName}",
            ConfigurationSource.Flag);
    }
}
