using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace Scheduler.Kubernetes.Configuration.Fragments;

/// <summary>The shapes of all scalar types.</summary>
internal static class Scalars
{
    public static Shape Text { get; } = new ScalarShape("a text", () => "", TextOf);

    public static Shape Boolean { get; } = new ScalarShape("a boolean (true or false)", () => false, value => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    });

    public static Shape Int32 { get; } = new ScalarShape(
        "an integer", () => 0, value => IntegerOf(value) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null);

    public static Shape Int64 { get; } = new ScalarShape("an integer", () => 0L, value => IntegerOf(value));

    public static Shape Number { get; } = new ScalarShape("a number", () => 0d, value =>
        NumberOf(value) is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null);

    /// <summary>A text in Go's notation, or an integer that counts nanoseconds.</summary>
    public static Shape Duration { get; } = new ScalarShape("a duration such as 30s, 5m or 1h30m", () => TimeSpan.Zero, value =>
        TextOf(value) is { } text ? GoDuration.TryParse(text, out var duration) ? duration : null
        : IntegerOf(value) is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
        : null);

    public static Shape Quantity { get; } = new ScalarShape(
        "a quantity such as 500m, 2 or 1Gi",
        () => new ResourceQuantity("0"),
        value => (TextOf(value) ?? NumberOf(value)) is { } text && QuantityText.TryParse(text, out var quantity) ? quantity : null);

    public static Shape IntOrText { get; } = new ScalarShape("an integer or a text", () => (IntOrString)0, value =>
        TextOf(value) is { } text ? (IntOrString)text
        : IntegerOf(value) is { } number and >= int.MinValue and <= int.MaxValue ? (IntOrString)(int)number
        : null);

    public static Shape Time { get; } = new ScalarShape("a time such as 2026-01-31T12:00:00Z", () => default(DateTime), value =>
        TextOf(value) is { } text && DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time) ? time.UtcDateTime : null);

    public static Shape Bytes { get; } = new ScalarShape("bytes in base64", () => Array.Empty<byte>(), value =>
    {
        var (text, bytes) = (TextOf(value), new byte[(TextOf(value)?.Length ?? 0) + 3]);
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    });

    private static string? TextOf(JsonValue value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static string? NumberOf(JsonValue value) => value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : null;

    private static long? IntegerOf(JsonValue value) =>
        NumberOf(value) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
