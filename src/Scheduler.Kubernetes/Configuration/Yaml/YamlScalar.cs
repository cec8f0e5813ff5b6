using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scheduler.Kubernetes.Configuration.Yaml;

/// <summary>What a scalar stands for by the rules of YAML 1.1 as Go's library applies them.</summary>
internal static partial class YamlScalar
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>Beyond this a floating point number no longer holds every integer.</summary>
    private const double LargestExactInteger = 1L << 53;

    private static readonly FrozenSet<string> Nulls = FrozenSet.Create(StringComparer.Ordinal, "", "~", "null", "Null", "NULL");

    private static readonly FrozenSet<string> Truths = FrozenSet.Create(
        StringComparer.Ordinal, "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");

    private static readonly FrozenSet<string> Untruths = FrozenSet.Create(
        StringComparer.Ordinal, "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");

    public static bool IsMergeKey(Scalar scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: "<<" } || (!scalar.Tag.IsEmpty && scalar.Tag.Value == TagPrefix + "merge");

    /// <exception cref="YamlException">A tag asks for a type that the text is not of, or for a number that JSON does not have.</exception>
    public static JsonNode? Node(Scalar scalar, YamlWords words)
    {
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? null : scalar.Tag.Value;
        return tag switch
        {
            null when scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty => Plain(scalar, words),
            TagPrefix + "null" or TagPrefix + "bool" or TagPrefix + "int" or TagPrefix + "float" => Tagged(scalar, tag[TagPrefix.Length..]),
            TagPrefix + "binary" => Binary(scalar),
            _ => JsonValue.Create(scalar.Value),
        };
    }

    /// <summary>A key as JSON has it: booleans and numbers become texts. Null for what cannot be a key.</summary>
    public static string? Key(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => null,
    };

    private static JsonValue? Plain(Scalar scalar, YamlWords words)
    {
        var text = scalar.Value;
        return Nulls.Contains(text) ? null
            : words == YamlWords.Pipeline && IsOldBoolean(text) ? JsonValue.Create(text)
            : Truths.Contains(text) ? JsonValue.Create(true)
            : Untruths.Contains(text) ? JsonValue.Create(false)
            : NotFinite().IsMatch(text) ? throw Refused(scalar, "a finite number")
            : Number(text) ?? JsonValue.Create(text);
    }

    private static bool IsOldBoolean(string text) =>
        (Truths.Contains(text) && text[0] is not ('t' or 'T')) || (Untruths.Contains(text) && text[0] is not ('f' or 'F'));

    private static JsonValue? Number(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
        {
            return null;
        }

        var digits = text.Replace("_", "", StringComparison.Ordinal);
        if (GoInteger.TryParse(digits, out var integer))
        {
            return JsonValue.Create(integer);
        }

        if (!Float().IsMatch(digits) || !double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return !double.IsFinite(number) ? null
            : double.IsInteger(number) && Math.Abs(number) <= LargestExactInteger ? JsonValue.Create((long)number)
            : JsonValue.Create(number);
    }

    private static JsonValue? Tagged(Scalar scalar, string type)
    {
        var node = Plain(scalar, YamlWords.Yaml11);
        var fits = node?.GetValueKind() switch
        {
            null => type == "null",
            JsonValueKind.True or JsonValueKind.False => type == "bool",
            JsonValueKind.Number => type == "float" || (type == "int" && node.TryGetValue<long>(out _)),
            _ => false,
        };
        return fits ? node : throw Refused(scalar, $"a value of type {type}");
    }

    private static JsonValue? Binary(Scalar scalar)
    {
        try
        {
            return JsonValue.Create(Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value)));
        }
        catch (FormatException)
        {
            throw Refused(scalar, "bytes in base64");
        }
    }

    private static YamlException Refused(Scalar scalar, string expected) => new(scalar.Start, scalar.End, $"expected {expected}");

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"\A(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex NotFinite();
}
