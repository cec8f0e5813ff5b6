using System.Globalization;
using System.Text;

namespace Scheduler.Kubernetes.Pods.Plugin;

/// <summary>
/// Escapes of half a character (<c>\ud83d</c> without its other half), which .NET refuses to read and the original replaces.
/// </summary>
internal static class HalfCharacters
{
    private const string Replacement = @"\ufffd";

    private const int EscapeLength = 6;

    /// <summary>The JSON text with U+FFFD in their place. Takes time linear in its length.</summary>
    public static string Replace(string json)
    {
        if (!json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
        {
            return json;
        }

        var result = new StringBuilder(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var (length, isHalf) = Piece(json.AsSpan(at));
            result.Append(isHalf ? Replacement : json.AsSpan(at, length));
            at += length;
        }

        return result.ToString();
    }

    /// <summary>The character, escape or pair of escapes that comes next.</summary>
    private static (int Length, bool IsHalf) Piece(ReadOnlySpan<char> rest)
    {
        if (rest[0] != '\\')
        {
            var plain = rest.IndexOf('\\');
            return (plain < 0 ? rest.Length : plain, false);
        }

        if (CodeUnit(rest) is not { } unit)
        {
            return (Math.Min(2, rest.Length), false);
        }

        var isPair = char.IsHighSurrogate(unit) && CodeUnit(rest[EscapeLength..]) is { } next && char.IsLowSurrogate(next);
        return isPair ? (2 * EscapeLength, false) : (EscapeLength, char.IsSurrogate(unit));
    }

    private static char? CodeUnit(ReadOnlySpan<char> text) =>
        text is ['\\', 'u', _, _, _, _, ..]
        && ushort.TryParse(text[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
