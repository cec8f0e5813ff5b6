using System.Reflection;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Configuration;

/// <summary>One top-level key, as <see cref="SettingAttribute"/> and its property describe it.</summary>
public sealed class ConfigurationKey
{
    private static readonly Type[] TextTypes = [typeof(string), typeof(int), typeof(bool), typeof(TimeSpan)];

    internal ConfigurationKey(Field field, SettingAttribute setting, ControllerOptions defaults)
    {
        (Name, Property, Shape, Setting) = (field.Name, field.Property, field.Shape, setting);
        if (!setting.FileOnly && (TextTypes.Contains(Property.PropertyType) || Property.Name == nameof(ControllerOptions.Tags)))
        {
            Flag = setting.Flag ?? Name;
            Variable = setting.Variable ?? Flag.ToUpperInvariant().Replace('-', '_');
        }

        Default = Property.GetValue(defaults) switch
        {
            bool value => value ? "true" : "false",
            TimeSpan value => GoDuration.FormatShort(value),
            int or string => Property.GetValue(defaults)!.ToString()!,
            _ => "",
        };
    }

    /// <summary>In the file.</summary>
    public string Name { get; }

    /// <summary>Without dashes; null = file only.</summary>
    public string? Flag { get; }

    /// <summary>Environment variable; null = file only.</summary>
    public string? Variable { get; }

    /// <summary>In words: "an integer", "a list of texts".</summary>
    public string TypeName => Shape.Name;

    /// <summary>True for flags that need no value.</summary>
    public bool IsBoolean => Property.PropertyType == typeof(bool);

    /// <summary>True for the one flag that may be given several times; <see cref="ConfigurationLoader"/> takes them joined by commas.</summary>
    public bool IsList => Property.Name == nameof(ControllerOptions.Tags);

    /// <summary>As it would be written in the file; empty for empty or absent.</summary>
    public string Default { get; }

    /// <summary>One line without full stop.</summary>
    public string Description => Setting.Description;

    public ConfigurationSection Section => Setting.Section;

    /// <summary>Not to be listed in the command line's help.</summary>
    public bool IsHidden => Setting.Hidden;

    /// <summary>The original does not know it.</summary>
    public bool IsOurs => Setting.Ours;

    /// <summary>Its value is never shown.</summary>
    public bool IsSecret => Setting.Secret;

    internal PropertyInfo Property { get; }

    internal Shape Shape { get; }

    private SettingAttribute Setting { get; }

    /// <summary>What a null in the file stands for (configuration.md §6): the type's zero value, not the default.</summary>
    internal object? Zero => Shape is ObjectShape || Property.Name == nameof(ControllerOptions.ResourceClasses) ? null : Shape.Zero;

    public override string ToString() => Name;
}
