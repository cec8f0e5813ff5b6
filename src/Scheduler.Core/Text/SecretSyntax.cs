namespace Scheduler.Core.Text;

/// <summary>How names and values are written in logs: bare, quoted, quoted within quotes, as objects and lists.</summary>
internal static class SecretSyntax
{
    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>Where an object or an item of a YAML list begins or ends.</summary>
    public static bool IsBoundary(string text, int at) => text[at] is '{' or '}'
        || (text[at] == '-' && (at == 0 || char.IsWhiteSpace(text[at - 1])) && at + 1 < text.Length && text[at + 1] == ' ');

    public static int EndOfWord(string text, int at)
    {
        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The word without the rest of an escaped quote or line end (<c>\u0022</c>, <c>\n</c>) before it.</summary>
    public static ReadOnlySpan<char> WithoutEscape(string text, int start, int end)
    {
        var word = text.AsSpan(start, end - start);
        return start == 0 || text[start - 1] != '\\' ? word
            : word.StartsWith("u0022", StringComparison.Ordinal) ? word[5..]
            : word[0] is 'n' or 'r' or 't' ? word[1..]
            : word;
    }

    /// <summary>Where what is assigned to the name that ends here begins, quotes included; null when nothing is.</summary>
    public static int? ValueAfter(string text, int endOfName)
    {
        var at = Blanks(text, endOfName + Quote(text, endOfName).Length);
        return at < text.Length && text[at] is ':' or '=' ? Blanks(text, at + 1) : null;
    }

    /// <summary>The word that a quoted or bare value begins with.</summary>
    public static ReadOnlySpan<char> WordAt(string text, int value)
    {
        var start = value + Quote(text, value).Length;
        return text.AsSpan(start, EndOfWord(text, start) - start);
    }

    /// <summary>Behind the value that begins here. Takes as long as the value is.</summary>
    public static int EndOfValue(string text, int at)
    {
        if (Quote(text, at) is { Length: > 0 } quote)
        {
            return EndOfQuoted(text, at, quote);
        }

        return at >= text.Length ? at
            : text[at] is '{' or '[' ? EndOfNested(text, at)
            : text[at] is '|' or '>' && EndsLine(text, at + 1) ? text.Length
            : EndOfBare(text, at);
    }

    /// <summary>
    /// A quote, with the backslashes of the quotes around it: <c>"</c>, <c>\"</c>, <c>\\\"</c>, <c>\u0022</c>; length 0 when there
    /// is none.
    /// </summary>
    private static (int Length, int Backslashes, char Mark) Quote(string text, int at)
    {
        var mark = at;
        while (mark < text.Length && text[mark] == '\\')
        {
            mark++;
        }

        var backslashes = mark - at;
        return mark >= text.Length ? default
            : text[mark] == '"' || (text[mark] == '\'' && backslashes == 0) ? (backslashes + 1, backslashes, text[mark])
            : backslashes > 0 && string.CompareOrdinal(text, mark, "u0022", 0, 5) == 0 ? (backslashes + 5, backslashes, 'u')
            : default;
    }

    /// <summary>
    /// Behind the quote that closes this one. With n backslashes before the opening one, a quote closes that has n and any
    /// multiple of 2(n + 1) before it: those are backslashes of the value itself.
    /// </summary>
    private static int EndOfQuoted(string text, int at, (int Length, int Backslashes, char Mark) opening)
    {
        for (at += opening.Length; at < text.Length;)
        {
            var quote = Quote(text, at);
            if (quote.Length == 0)
            {
                // All of a run of backslashes at once: half of one would look like another quote.
                at = text[at] == '\\' ? EndOfBackslashes(text, at) : at + 1;
            }
            else
            {
                at += quote.Length;
                if (quote.Mark == opening.Mark && Closes(opening, quote.Backslashes))
                {
                    return at;
                }
            }
        }

        return text.Length;
    }

    private static bool Closes((int Length, int Backslashes, char Mark) opening, int backslashes) => opening.Mark == 'u'
        ? backslashes == opening.Backslashes
        : backslashes % (2 * (opening.Backslashes + 1)) == opening.Backslashes;

    private static int EndOfNested(string text, int at)
    {
        var depth = 0;
        while (at < text.Length)
        {
            if (Quote(text, at) is { Length: > 0 } quote && quote.Mark != '\'')
            {
                at = EndOfQuoted(text, at, quote);
                continue;
            }

            depth += text[at] is '{' or '[' ? 1 : text[at] is '}' or ']' ? -1 : 0;
            at = text[at] == '\\' ? EndOfBackslashes(text, at) : at + 1;
            if (depth == 0)
            {
                break;
            }
        }

        return at;
    }

    /// <summary>To the next white space or double quote; the scheme of an HTTP header and what follows it are one.</summary>
    private static int EndOfBare(string text, int at)
    {
        var end = EndOfRun(text, at);
        var isScheme = text.AsSpan(at, end - at) is "Bearer" or "bearer" or "Basic" or "basic" or "Token" or "token";
        return isScheme && end < text.Length && text[end] == ' ' ? EndOfRun(text, Blanks(text, end)) : end;
    }

    private static int EndOfRun(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && (Quote(text, at) is { Length: 0 } or { Mark: '\'' }))
        {
            at = text[at] == '\\' ? EndOfBackslashes(text, at) : at + 1;
        }

        return at;
    }

    private static int EndOfBackslashes(string text, int at)
    {
        while (at < text.Length && text[at] == '\\')
        {
            at++;
        }

        return at;
    }

    private static int Blanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static bool EndsLine(string text, int at)
    {
        at = Blanks(text, at);
        return at < text.Length && text[at] is '\n' or '\r';
    }
}
