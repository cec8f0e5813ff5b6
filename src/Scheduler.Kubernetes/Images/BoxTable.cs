namespace Scheduler.Kubernetes.Images;

/// <summary>A table for messages, with lines around it.</summary>
internal static class BoxTable
{
    public static string Draw(string[] header, IEnumerable<string[]> rows)
    {
        var body = rows.ToList();
        var widths = header.Select((title, column) => body.Select(row => Width(row[column])).Append(Width(title)).Max()).ToArray();
        var lines = new List<string>
        {
            Rule(widths, '╭', '┬', '╮'),
            Row(widths, header),
            Rule(widths, '├', '┼', '┤'),
        };
        lines.AddRange(body.Select(row => Row(widths, row)));
        lines.Add(Rule(widths, '╰', '┴', '╯'));
        return string.Join('\n', lines);
    }

    private static string Rule(int[] widths, char left, char middle, char right) =>
        left + string.Join(middle, widths.Select(width => new string('─', width + 2))) + right;

    private static string Row(int[] widths, string[] cells) =>
        "│ " + string.Join(" │ ", cells.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell)))) + " │";

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
