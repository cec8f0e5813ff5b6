namespace Scheduler.Kubernetes.Options;

/// <summary>What a key inside of a top-level key is for; the top-level keys themselves have a <see cref="SettingAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeaningAttribute(string text) : Attribute
{
    /// <summary>One line for the reference, without full stop.</summary>
    public string Text { get; } = text;
}
