using System.CommandLine;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.CommandLine;

/// <summary>The flags that stand for configuration keys, made from the keys themselves so that they cannot drift.</summary>
internal sealed class ConfigurationFlags
{
    private readonly Option<string?> _file = new("--" + ConfigurationKeys.FileFlag, "-f")
    {
        Description = $"configuration file (YAML or JSON); else the variable {ConfigurationKeys.FileVariable}",
    };

    private readonly IReadOnlyList<(ConfigurationKey Key, Option<string[]> Option)> _keys =
        [.. ConfigurationKeys.All.Where(key => key.Flag is not null).Select(key => (key, Flag(key)))];

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var (_, option) in _keys)
        {
            command.Add(option);
        }
    }

    /// <summary>File, environment and flags merged and validated.</summary>
    public ConfigurationResult Load(ParseResult result, ConfigurationUse use)
    {
        var flags = _keys.Where(flag => result.GetResult(flag.Option) is { Implicit: false })
            .ToDictionary(flag => flag.Key.Flag!, flag => Value(flag.Key, result.GetValue(flag.Option)));
        return ConfigurationLoader.Load(result.GetValue(_file), ProcessEnvironment.Read(), flags, use);
    }

    /// <summary>The last of several values counts, but tags add up; a flag without a value is a switch.</summary>
    private static string? Value(ConfigurationKey key, string[]? values) =>
        values is not { Length: > 0 } ? "true"
        : key.IsList ? string.Join(',', values)
        : values[^1];

    private static Option<string[]> Flag(ConfigurationKey key) => new("--" + key.Flag)
    {
        Description = $"{key.Description} [{key.Default}]",
        HelpName = key.TypeName,
        Hidden = key.IsHidden,
        Arity = key.IsBoolean ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
