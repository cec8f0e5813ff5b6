using System.Text;

namespace Scheduler.Core.Text;

/// <summary>Breaks long texts into lines.</summary>
public static class WrappedText
{
    /// <summary>Breaks at blanks where possible, else within a word; line ends stay. Widths are counted in characters as seen.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Most characters a line may have, at least 1.</param>
    public static string At(int width, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Lines(line, width)));
    }

    private static IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, width)))
        {
            var length = word.EnumerateRunes().Count();
            if (used > 0 && used + 1 + length > width)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            line.Append(used > 0 ? " " : "").Append(word);
            used += (used > 0 ? 1 : 0) + length;
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Pieces(string word, int width)
    {
        var piece = new StringBuilder();
        var used = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            if (used == width)
            {
                yield return piece.ToString();
                piece.Clear();
                used = 0;
            }

            piece.Append(rune);
            used++;
        }

        yield return piece.ToString();
    }
}
