using System.Collections.Immutable;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>What the sources have said so far.</summary>
internal sealed class ConfigurationDraft(string fileName)
{
    private readonly Dictionary<ConfigurationKey, object?> _values = [];
    private readonly Dictionary<string, ConfigurationSource> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private readonly List<ConfigurationProblem> _problems = [];
    private readonly List<ConfigurationProblem> _warnings = [];

    public ImmutableArray<ConfigurationProblem> Problems => [.. _problems];

    public ImmutableArray<ConfigurationProblem> Warnings => [.. _warnings];

    public ImmutableDictionary<string, ConfigurationSource> Sources => _sources.ToImmutableDictionary();

    public void Set(ConfigurationKey key, object? value, ConfigurationSource source) =>
        (_values[key], _sources[key.Name]) = (value, source);

    /// <summary>Every key from where it was set last, else its default.</summary>
    public ControllerOptions Options()
    {
        var options = new ControllerOptions();
        foreach (var (key, value) in _values)
        {
            key.Property.SetValue(options, value);
        }

        return options;
    }

    /// <summary>
    /// A values file leaves to the release what it does not say: namespace, id and the Secret that is called after the id. The Secret
    /// follows here if the id is known. Returns what is not.
    /// </summary>
    public ImmutableArray<string> FillFromRelease()
    {
        var (id, secret) = (ConfigurationKeys.ByName["id"], ConfigurationKeys.ByName["agent-token-secret"]);
        if (!_sources.ContainsKey(secret.Name) && _values.GetValueOrDefault(id) is string { Length: > 0 } name)
        {
            Set(secret, HelmValues.SecretOf(name), _sources[id.Name]);
        }

        return [.. new[] { "namespace", id.Name, secret.Name }.Where(key => !_sources.ContainsKey(key))];
    }

    public bool CanJudge(string path) => !_unreadable.Contains(TopLevel(path));

    /// <summary>A value that could not be read; rules that depend on its key are not applied then.</summary>
    public void Unreadable(string path, string? value, string problem, string remedy, ConfigurationSource source)
    {
        _unreadable.Add(TopLevel(path));
        _problems.Add(new ConfigurationProblem(path, value, problem, remedy, source, Origin(path, source)));
    }

    /// <summary>A value that could be read and is wrong.</summary>
    public void Refuse(string path, string? value, string problem, string remedy) =>
        _problems.Add(Judge(path, value, problem, remedy));

    public void Warn(string path, string? value, string problem, string remedy) =>
        _warnings.Add(Judge(path, value, problem, remedy));

    private ConfigurationProblem Judge(string path, string? value, string problem, string remedy)
    {
        var source = _sources.GetValueOrDefault(TopLevel(path));
        return new ConfigurationProblem(path, IsSecret(path) ? null : value, problem, remedy, source, Origin(path, source));
    }

    private static bool IsSecret(string path) =>
        SecretPaths.Contains(path) || (ConfigurationKeys.ByName.TryGetValue(TopLevel(path), out var key) && key.IsSecret);

    private string Origin(string path, ConfigurationSource source)
    {
        var key = ConfigurationKeys.ByName.GetValueOrDefault(TopLevel(path));
        return source switch
        {
            ConfigurationSource.File => $"file {fileName}",
            ConfigurationSource.Environment => $"environment variable {key?.Variable ?? path}",
            ConfigurationSource.Flag => $"flag --{key?.Flag ?? path}",
            _ => "default",
        };
    }

    private static string TopLevel(string path) => path.IndexOfAny(['.', '[']) is var end and > 0 ? path[..end] : path;
}
