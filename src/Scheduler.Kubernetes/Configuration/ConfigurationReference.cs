using System.Text;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>
/// The reference of all keys, made from the records that hold their values. <c>deploy/CONFIGURATION.md</c> is this text, and a test
/// compares the two.
/// </summary>
public static class ConfigurationReference
{
    /// <summary>What writes the file, as it is typed in the repository's root.</summary>
    public const string Command = "dotnet run --project src/Scheduler -- reference > deploy/CONFIGURATION.md";

    private const string Preface =
        $"""
        # Configuration

        Made by `{Command}`.

        The configuration is a file, YAML or JSON, named by `--{ConfigurationKeys.FileFlag}` or the variable `{ConfigurationKeys.FileVariable}`.
        A key's variable wins over the file, its flag over both. A flag is the key with two dashes and a variable is the key in
        capitals with `_` for `-`, unless the table says otherwise; keys marked "file" have neither. Durations are written as
        `500ms`, `5s` or `1h30m`, lists in a variable or flag with commas between the items. Kubernetes types have Kubernetes' own
        keys. Keys marked **new** are not in agent-stack-k8s; all others are, with the same meaning. A key that is not listed here
        is an error.

        """;

    /// <summary>Markdown: a table for each section, then one for each key that has keys of its own.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder(Preface);
        foreach (var section in ConfigurationKeys.All.GroupBy(key => key.Section).OrderBy(group => group.Key))
        {
            Row(text, $"\n## {section.Key}\n\n", "Key", "Type", "Default", "Meaning");
            Row(text, "", "---", "---", "---", "---");
            foreach (var key in section)
            {
                Row(text, "", Name(key), ReferenceTypes.Of(key.Property.PropertyType), Code(key.Default), Meaning(key));
            }
        }

        foreach (var group in NestedKeys.All)
        {
            Row(text, $"\n## In `{group.Path}`\n\n", "Key", "Type", "Meaning");
            Row(text, "", "---", "---", "---");
            foreach (var key in group.Keys)
            {
                Row(text, "", Code(key.Name), key.Type, key.Meaning);
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string before, params string[] cells) =>
        text.Append(before).Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    /// <summary>The key, with what its flag and variable are called where that does not follow from it.</summary>
    private static string Name(ConfigurationKey key)
    {
        var flag = key.Flag is { } name && name != key.Name ? $" `--{name}`" : "";
        var variable = key.Variable is { } given && given != key.Name.ToUpperInvariant().Replace('-', '_') ? $" `{given}`" : "";
        return $"`{key.Name}`{(key.Flag is null ? " (file)" : "")}{flag}{variable}";
    }

    private static string Meaning(ConfigurationKey key) => $"{(key.IsOurs ? "**new**: " : "")}{key.Description}";

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";
}
