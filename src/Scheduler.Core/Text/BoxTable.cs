using System.Collections.Immutable;

namespace Scheduler.Core.Text;

/// <summary>A table for messages, with lines around it. A cell of several lines makes its row as high.</summary>
public static class BoxTable
{
    /// <param name="header">The titles; every row has as many cells.</param>
    /// <param name="rows">The rows, top down. Line ends stay within their cell; see <see cref="PlainText"/> for the rest.</param>
    public static string Draw(ImmutableArray<string> header, IEnumerable<ImmutableArray<string>> rows)
    {
        var titles = Cells(header);
        var body = rows.Select(Cells).ToList();
        var widths = header.Select((_, column) => body.Append(titles).Max(row => row[column].Max(Width))).ToArray();
        var lines = new List<string> { Rule(widths, '╭', '┬', '╮') };
        lines.AddRange(Row(widths, titles));
        lines.Add(Rule(widths, '├', '┼', '┤'));
        lines.AddRange(body.SelectMany(row => Row(widths, row)));
        lines.Add(Rule(widths, '╰', '┴', '╯'));
        return string.Join('\n', lines);
    }

    private static string[][] Cells(ImmutableArray<string> row) =>
        [.. row.Select(cell => PlainText.Lines(cell).TrimEnd('\n').Split('\n'))];

    private static string Rule(int[] widths, char left, char middle, char right) =>
        left + string.Join(middle, widths.Select(width => new string('─', width + 2))) + right;

    private static IEnumerable<string> Row(int[] widths, string[][] cells)
    {
        for (var line = 0; line < cells.Max(cell => cell.Length); line++)
        {
            yield return "│ " + string.Join(" │ ", cells.Select((cell, column) => Padded(cell.ElementAtOrDefault(line) ?? "", widths[column]))) + " │";
        }
    }

    private static string Padded(string text, int width) => text + new string(' ', width - Width(text));

    private static int Width(string text)
    {
        var width = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            width++;
        }

        return width;
    }
}
