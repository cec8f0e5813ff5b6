using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Buildkite.Wire;

/// <summary>Reads a number of any size as an int, cut to its range; null for anything else.</summary>
internal sealed class PriorityConverter : JsonConverter<int?>
{
    public override bool HandleNull => true;

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            reader.Skip();
            return null;
        }

        return reader.TryGetInt32(out var exact) ? exact
            : reader.TryGetDouble(out var value) ? (int)Math.Clamp(value, int.MinValue, int.MaxValue)
            : null;
    }

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
