using System.Globalization;

namespace Scheduler.Testing.Texts;

/// <summary>What somebody may write into a name, a message or an answer to deceive whoever reads of it.</summary>
public static class HostileText
{
    /// <summary>A second line that looks like ours, and every kind of character that steers a terminal or hides text.</summary>
    public const string Everything =
        "a\nNov 28 05:54:24.000 INF all is well\r\nb\rc\td\0e\u001b[31mf\u001b]0;title\ag\u0085h\u009b2Ji\u2028j\u2029k\u202el\u2066m\u200fn\ud800o\udc00p\u007fq\ufeffr\vs\ft\bu";

    /// <summary>The first character that must not be printed, as a number; null when there is none.</summary>
    /// <param name="text">What was printed.</param>
    /// <param name="lineEnds">Line feeds are allowed.</param>
    public static string? FlawIn(string text, bool lineEnds = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var isBad = char.IsControl(c)
                || c is '\u2028' or '\u2029' or '\u200e' or '\u200f' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
                || (char.IsSurrogate(c) && !isPair);
            if (isBad && !(lineEnds && c == '\n'))
            {
                return string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4} at {i}");
            }

            i += isPair ? 1 : 0;
        }

        return null;
    }
}
