using System.Text.RegularExpressions;

namespace Scheduler.Tests.Logging;

/// <summary>All log calls of the program's source, read from the files.</summary>
internal static partial class SourceTemplates
{
    /// <summary>Each with the file it is from. What stands in a call as a text may be its template, and is taken for one.</summary>
    public static IReadOnlyList<(string File, string Call, IReadOnlyList<string> Templates)> All() =>
        [.. Files().SelectMany(file => Calls(File.ReadAllText(file)).Select(call => (Path.GetFileName(file), call, Literals(call))))];

    public static IEnumerable<string> Files(string under = "") => Directory.EnumerateFiles(Path.Combine(Root(), "src", under), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> Calls(string source) => CallStart().Matches(source).Select(start => Call(source, start.Index + start.Length));

    /// <summary>To the parenthesis that ends it; those within texts do not count.</summary>
    private static string Call(string source, int start)
    {
        var (depth, inText) = (1, false);
        for (var at = start; at < source.Length; at++)
        {
            switch (source[at])
            {
                case '\\' when inText:
                    at++;
                    break;
                case '"':
                    inText = !inText;
                    break;
                case '(' when !inText:
                    depth++;
                    break;
                case ')' when !inText && --depth == 0:
                    return source[start..at];
            }
        }

        return source[start..];
    }

    private static List<string> Literals(string call) =>
        [.. Literal().Matches(call).Select(match => Regex.Unescape(match.Groups["text"].Value))];

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the source is not where the tests were built");
    }

    [GeneratedRegex(@"\[LoggerMessage\(|\b_?[lL]og(ger)?\.(Info|Warning|Error|Debug|Log(Trace|Debug|Information|Warning|Error|Critical)?)\(")]
    private static partial Regex CallStart();

    [GeneratedRegex(@"""(?<text>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();
}
