using System.Globalization;
using System.Text;

namespace Scheduler.Core.Text;

/// <summary>
/// Text from outside, made fit for a log, a terminal or a message: what comes out has no control or invisible formatting
/// characters, is valid Unicode and no longer than asked for. This is the only place that says which characters those are;
/// every sink goes through here. Pure, linear, safe for any input.
/// </summary>
public static class PlainText
{
    /// <summary>Longest text unless said otherwise, in UTF-16 characters.</summary>
    public const int Longest = 32 * 1024;

    private const char Unprintable = '\uFFFD';

    /// <summary>The text as one line: line ends and tabs become blanks, other control characters U+FFFD.</summary>
    /// <param name="text">Anything; null reads as empty.</param>
    /// <param name="longest">Most characters of the result, marker included; at least 40.</param>
    public static string Line(string? text, int longest = Longest) => Clean(text ?? "", longest, lineEnd: ' ');

    /// <summary>The same, but each line end, however written, becomes one <c>\n</c>. For texts whose lines are ours.</summary>
    /// <inheritdoc cref="Line"/>
    public static string Lines(string? text, int longest = Longest) => Clean(text ?? "", longest, lineEnd: '\n');

    /// <summary>
    /// Whether a character shows as itself and moves nothing else: no control, line end, direction mark, invisible or half
    /// character. The joiners of emoji and of some scripts are let through.
    /// </summary>
    public static bool IsPlain(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate);

    private static string Clean(string text, int longest, char lineEnd)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 40);
        if (text.Length <= longest && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text;
        }

        var room = text.Length <= longest ? longest : longest - Marker(text).Length;
        var plain = new StringBuilder(Math.Min(text.Length, room));
        var wasReturn = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var endsLine = rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;
            if (!(wasReturn && rune.Value == '\n'))
            {
                var shown = endsLine ? new Rune(lineEnd)
                    : rune.Value == '\t' ? new Rune(' ')
                    : IsPlain(rune) ? rune
                    : new Rune(Unprintable);
                if (plain.Length + shown.Utf16SequenceLength > room)
                {
                    break;
                }

                plain.Append(shown);
            }

            wasReturn = rune.Value == '\r';
        }

        return text.Length <= longest ? plain.ToString() : plain.Append(Marker(text)).ToString();
    }

    private static string Marker(string text) => string.Create(CultureInfo.InvariantCulture, $"… ({text.Length} characters)");
}
