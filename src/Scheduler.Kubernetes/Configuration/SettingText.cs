namespace Scheduler.Kubernetes.Configuration;

/// <summary>Values of flags and environment variables (configuration.md §2, §3).</summary>
internal static class SettingText
{
    /// <summary>The value of a key's type; null when the text is not one.</summary>
    public static object? Parse(ConfigurationKey key, string text) => key.Property.PropertyType switch
    {
        var type when type == typeof(string) => text,
        var type when type == typeof(int) => Integer(text),
        var type when type == typeof(bool) => Boolean(text),
        var type when type == typeof(TimeSpan) => GoDuration.TryParse(text, out var duration) ? duration : null,
        _ => TagList.Parse(text),
    };

    private static int? Integer(string text) =>
        GoInteger.TryParse(text, out var number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private static bool? Boolean(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => true,
        "FALSE" or "0" or "NO" => false,
        _ => null,
    };
}
