using System.Globalization;
using System.Text;

namespace Scheduler.Cluster.Remoting;

/// <summary>Text that came from outside, made fit for a line of a log: no control characters, no line ends, of bounded length.</summary>
internal static class StrangersText
{
    /// <param name="text">Whatever came.</param>
    /// <param name="longest">Characters of it that are kept.</param>
    public static string Clean(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var kept = new StringBuilder(Math.Min(text.Length, longest) + 1);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, longest)))
        {
            if (IsPlain(character))
            {
                kept.Append(character);
            }
            else
            {
                kept.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
        }

        return text.Length > longest ? kept.Append('…').ToString() : kept.ToString();
    }

    /// <summary>Formats include the marks that turn the direction of writing; half a surrogate pair is no character at all.</summary>
    private static bool IsPlain(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
