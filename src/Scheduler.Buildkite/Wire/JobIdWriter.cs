using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Core.Identity;

namespace Scheduler.Buildkite.Wire;

/// <summary>Writes ids in request bodies, lower-case and hyphenated.</summary>
internal sealed class JobIdWriter : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
