using System.Text.Json;
using Scheduler.Sandbox.Buildkite.Model;

namespace Scheduler.Sandbox.Buildkite.Http;

/// <summary>Reads fields of request bodies; what has the wrong type is refused, what is missing or null is null.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement body, string field) => body.Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw new RefusedException(Refusal.Unprocessable($"{field} must be a string")),
    };

    public static int? Integer(this JsonElement body, string field) => body.Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        _ => throw new RefusedException(Refusal.Unprocessable($"{field} must be an integer")),
    };

    public static bool? Flag(this JsonElement body, string field) => body.Find(field) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new RefusedException(Refusal.Unprocessable($"{field} must be true or false")),
    };

    /// <summary>A required array of at most <paramref name="most"/> entries; 400 otherwise.</summary>
    public static JsonElement Array(this JsonElement body, string field, int most)
    {
        if (body.Find(field) is not { ValueKind: JsonValueKind.Array } array)
        {
            throw new RefusedException(Refusal.Invalid($"{field} must be an array"));
        }

        return array.GetArrayLength() <= most
            ? array
            : throw new RefusedException(Refusal.Unprocessable($"{field} must have at most {most} entries"));
    }

    public static JsonElement? Find(this JsonElement body, string field) =>
        body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
