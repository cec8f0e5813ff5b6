using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Wire;

/// <summary>Reads an id without making a string of it; null for what is not a UUID, so that one bad entry does not cost a page.</summary>
internal sealed class JobIdConverter : JsonConverter<JobId?>
{
    public override bool HandleNull => true;

    public override JobId? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.TryGetGuid(out var value) ? new JobId(value) : null;
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, JobId? value, JsonSerializerOptions options)
    {
        if (value is { } id)
        {
            writer.WriteStringValue(id.Value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
