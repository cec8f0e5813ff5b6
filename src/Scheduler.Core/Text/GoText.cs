using System.Globalization;
using System.Text;

namespace Scheduler.Core.Text;

/// <summary>Quotes a text the way the original's messages do, so that blanks, control and invisible characters show.</summary>
public static class GoText
{
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < 0x20 or 0x7f => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                <= 0xffff when !PlainText.IsPlain(rune) => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ when !PlainText.IsPlain(rune) => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
