using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Scheduler.Buildkite.Wire;

/// <summary>
/// How bodies are read and written: names in snake_case, read in any case, unknown ones skipped; nulls left out of requests;
/// only what HTML would mind is escaped (stacks-api.md §1).
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TokenIdentity))]
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(RegisterReply))]
[JsonSerializable(typeof(ListReply))]
[JsonSerializable(typeof(ReserveBody))]
[JsonSerializable(typeof(ReserveReply))]
[JsonSerializable(typeof(JobReply))]
[JsonSerializable(typeof(StatesBody))]
[JsonSerializable(typeof(StatesReply))]
[JsonSerializable(typeof(FinishBody))]
[JsonSerializable(typeof(NotificationsBody))]
[JsonSerializable(typeof(NotificationsReply))]
[JsonSerializable(typeof(ErrorReply))]
internal sealed partial class StacksJson : JsonSerializerContext
{
    /// <summary>For all bodies but list pages.</summary>
    public static StacksJson Shared { get; } = new(OptionsWith(new JobIdWriter()));

    /// <summary>For the list pages of one stack, whose jobs share their rules.</summary>
    public static StacksJson ForPages(RuleTable rules) => new(OptionsWith(new RulesConverter(rules)));

    /// <summary>What an error body says; null when it is not the API's kind of error.</summary>
    public static ErrorReply? ErrorOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonSerializer.Deserialize(WithoutMark(body), Shared.ErrorReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A body without the byte order mark some proxies put in front.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private static JsonSerializerOptions OptionsWith(JsonConverter converter) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { converter },
    };
}
