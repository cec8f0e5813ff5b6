namespace Scheduler.Kubernetes.Options;

/// <summary>
/// Makes a property of <see cref="ControllerOptions"/> a configuration key. File key, flag and environment variable follow
/// from the property's name (<c>MaxInFlight</c>: <c>max-in-flight</c>, <c>--max-in-flight</c>, <c>MAX_IN_FLIGHT</c>) unless
/// said otherwise here, the default from its initial value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(ConfigurationSection section, string description) : Attribute
{
    public ConfigurationSection Section { get; } = section;

    /// <summary>One line for the reference and the command line's help.</summary>
    public string Description { get; } = description;

    /// <summary>Neither flag nor variable sets it.</summary>
    public bool FileOnly { get; init; }

    /// <summary>The flag without its dashes, where it differs from the file key.</summary>
    public string? Flag { get; init; }

    /// <summary>The environment variable, where it does not follow from the flag.</summary>
    public string? Variable { get; init; }

    /// <summary>Not listed by the command line's help.</summary>
    public bool Hidden { get; init; }

    /// <summary>The original does not know it.</summary>
    public bool Ours { get; init; }

    /// <summary>Its value is never shown.</summary>
    public bool Secret { get; init; }
}
