using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Buildkite.Wire;

/// <summary>Reads agent query rules through a <see cref="RuleTable"/>. Anything but strings in the list is left out.</summary>
internal sealed class RulesConverter(RuleTable table) : JsonConverter<ImmutableArray<string>>
{
    private const int LongestOnStack = 512;

    public override bool HandleNull => true;

    public override ImmutableArray<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return table.List([]);
        }

        var rules = ArrayPool<string>.Shared.Rent(16);
        try
        {
            var count = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.String)
                {
                    reader.Skip();
                    continue;
                }

                if (count == rules.Length)
                {
                    Grow(ref rules);
                }

                rules[count++] = ReadRule(ref reader);
            }

            return table.List(rules.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<string>.Shared.Return(rules, clearArray: true);
        }
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    private string ReadRule(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > LongestOnStack)
        {
            return table.Rule(reader.GetString());
        }

        Span<char> text = stackalloc char[LongestOnStack];
        return table.Rule(text[..reader.CopyString(text)]);
    }

    private static void Grow(ref string[] rules)
    {
        var larger = ArrayPool<string>.Shared.Rent(rules.Length * 2);
        rules.CopyTo(larger, 0);
        ArrayPool<string>.Shared.Return(rules, clearArray: true);
        rules = larger;
    }
}
