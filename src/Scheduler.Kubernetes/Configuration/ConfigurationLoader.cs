using System.Text;
using Scheduler.Kubernetes.Configuration.Validation;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>
/// Puts the configuration together: defaults, then file, then environment variables, then flags (configuration.md §1); then checks it.
/// </summary>
public static class ConfigurationLoader
{
    /// <summary>A ConfigMap holds at most 1 MiB.</summary>
    private const long LargestFile = 4 << 20;

    /// <summary>Reads and checks. Never throws for bad input: all that is wrong is in the result.</summary>
    /// <param name="filePath">The file; null or empty: the flag <c>config</c>, else the variable <c>CONFIG</c>, else none.</param>
    /// <param name="environment">All environment variables.</param>
    /// <param name="flags">
    /// Flags given, without dashes. A null value is a flag without one (true for booleans). Several <c>tags</c> flags are joined by commas.
    /// </param>
    /// <param name="use">Who reads it.</param>
    public static ConfigurationResult Load(
        string? filePath,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, string?> flags,
        ConfigurationUse use = ConfigurationUse.Node)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(flags);
        string?[] places =
        [
            filePath,
            flags.GetValueOrDefault(ConfigurationKeys.FileFlag),
            environment.GetValueOrDefault(ConfigurationKeys.FileVariable),
        ];
        if (places.FirstOrDefault(place => !string.IsNullOrEmpty(place)) is not { } path)
        {
            return Merge(null, "", environment, flags, use);
        }

        var draft = new ConfigurationDraft(path);
        return Merge(ReadFile(path, draft), path, environment, flags, use, draft);
    }

    /// <summary>The same with the file's text already read.</summary>
    /// <param name="fileText">YAML or JSON; null: no file.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <param name="environment">All environment variables.</param>
    /// <param name="flags">As in <see cref="Load"/>.</param>
    /// <param name="use">Who reads it.</param>
    public static ConfigurationResult Merge(
        string? fileText,
        string fileName,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, string?> flags,
        ConfigurationUse use = ConfigurationUse.Node)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(flags);
        return Merge(fileText, fileName, environment, flags, use, new ConfigurationDraft(fileName));
    }

    private static ConfigurationResult Merge(
        string? fileText,
        string fileName,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, string?> flags,
        ConfigurationUse use,
        ConfigurationDraft draft)
    {
        var file = fileText is null ? null : FileSettings.Read(fileText, fileName, draft);
        var values = file is null ? null : HelmValues.In(file);
        if (values is null || use == ConfigurationUse.Look)
        {
            FileSettings.Apply(values?.Configuration ?? file ?? [], draft);
        }
        else
        {
            draft.Unreadable(
                "",
                null,
                $"{fileName} is a values file of the Helm chart, not a configuration",
                "give it to helm with --values, or its config to this command; check, render and lint take it as it is",
                ConfigurationSource.File);
        }

        EnvironmentSettings.Apply(values is null ? environment : values.Environment.SetItems(environment), draft);
        ProxyRules.Check(environment, draft);
        FlagSettings.Apply(flags, draft);
        var note = values is null ? null : new ValuesNote(fileName, draft.FillFromRelease());
        var options = draft.Options();
        OptionsRules.Check(options, use, draft);
        return new ConfigurationResult(draft.Problems.IsEmpty ? options : null, draft.Problems, draft.Warnings, draft.Sources) { Values = note };
    }

    private static string? ReadFile(string path, ConfigurationDraft draft)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
            {
                throw new IOException($"it is larger than {LargestFile >> 20} MiB");
            }

            return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            draft.Unreadable(
                "",
                null,
                $"failed to read config file {path}: {e.Message}",
                "check --config and CONFIG, and that the file is mounted and readable",
                ConfigurationSource.File);
            return null;
        }
    }
}
