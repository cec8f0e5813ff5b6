using System.Text.Json.Nodes;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Configuration.Yaml;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>The configuration file: every key present replaces the default, null by the type's zero value (configuration.md §4, §6).</summary>
internal static class FileSettings
{
    /// <summary>The file's keys and values; null when there are none, or the draft was told why they cannot be read.</summary>
    public static JsonObject? Read(string text, string fileName, ConfigurationDraft draft)
    {
        if (!YamlText.TryRead(text, out var root, out var problem))
        {
            draft.Unreadable("", null, $"failed to parse config file {fileName}: {problem}", "correct the YAML", ConfigurationSource.File);
        }
        else if (root is not (null or JsonObject))
        {
            draft.Unreadable(
                "",
                null,
                $"failed to parse config file {fileName}: it holds {FragmentText.KindOf(root)} where a mapping is expected",
                "write keys and values, such as max-in-flight: 25",
                ConfigurationSource.File);
        }

        return root as JsonObject;
    }

    public static void Apply(JsonObject mapping, ConfigurationDraft draft)
    {
        foreach (var (name, node) in mapping)
        {
            if (ConfigurationKeys.ByName.TryGetValue(name, out var key))
            {
                Apply(key, node, draft);
            }
            else
            {
                var path = FragmentText.Child("", name);
                draft.Unreadable(path, null, $"{path} is not a known key", RetiredKeys.Remedy(name), ConfigurationSource.File);
            }
        }
    }

    private static void Apply(ConfigurationKey key, JsonNode? node, ConfigurationDraft draft)
    {
        var reading = new FragmentReading(FragmentMode.Strict);
        var value = node is null ? key.Zero : FragmentReader.Read(node, key.Name, key.Shape, reading);
        foreach (var error in reading.Errors)
        {
            draft.Unreadable(error.Path, error.Found, error.Message, Remedy(error), ConfigurationSource.File);
        }

        if (reading.Errors.IsEmpty)
        {
            draft.Set(key, value, ConfigurationSource.File);
        }

        foreach (var warning in reading.Warnings)
        {
            draft.Warn(warning.Path, null, warning.Message, "the key's capitals matter elsewhere");
        }
    }

    private static string Remedy(FragmentIssue issue) => issue.Kind switch
    {
        FragmentIssueKind.UnknownField when issue.Nearest is not null => $"write {issue.Nearest}, or remove the key",
        FragmentIssueKind.UnknownField => "remove the key",
        FragmentIssueKind.UnknownChoice => "choose one of those",
        FragmentIssueKind.TooLarge => "make it smaller",
        FragmentIssueKind.More => "mend the others first",
        _ => $"write {issue.Expected}",
    };
}
