using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>
/// All top-level keys. Flags, variables and reference are made from this table, the table from <see cref="ControllerOptions"/>.
/// </summary>
public static class ConfigurationKeys
{
    /// <summary>The flag and variable that name the file itself.</summary>
    public const string FileFlag = "config";

    /// <inheritdoc cref="FileFlag"/>
    public const string FileVariable = "CONFIG";

    /// <summary>In the order of the record.</summary>
    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        .. FieldTable.Of(typeof(ControllerOptions)).Fields
            .Select(field => new ConfigurationKey(field, field.Property.GetCustomAttribute<SettingAttribute>()!, new ControllerOptions())),
    ];

    internal static FrozenDictionary<string, ConfigurationKey> ByName { get; } = All.ToFrozenDictionary(key => key.Name);

    internal static FrozenDictionary<string, ConfigurationKey> ByFlag { get; } =
        All.Where(key => key.Flag is not null).ToFrozenDictionary(key => key.Flag!);
}
