using System.Buffers;
using System.Text;

namespace Scheduler.Kubernetes.Pods.Commands;

/// <summary>Writes a word so that a POSIX shell reads it back as one word with the same characters (pod-building.md §9).</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\n");

    private static readonly SearchValues<char> Special = SearchValues.Create("\\'\"`${[|&;<>()*?!");

    /// <summary>The words, each quoted, with one space between them.</summary>
    public static string Join(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            Append(text.Length == 0 ? text : text.Append(' '), word);
        }

        return text.ToString();
    }

    public static string Quote(string word)
    {
        var text = new StringBuilder();
        Append(text, word);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string word)
    {
        if (string.IsNullOrEmpty(word))
        {
            text.Append("''");
        }
        else if (word.AsSpan().ContainsAny(Blanks))
        {
            AppendInQuotes(text, word);
        }
        else
        {
            AppendWithBackslashes(text, word);
        }
    }

    /// <summary>Inside single quotes nothing is special but the quote itself, so it stands outside of them.</summary>
    private static void AppendInQuotes(StringBuilder text, ReadOnlySpan<char> word)
    {
        while (!word.IsEmpty)
        {
            if (word[0] == '\'')
            {
                text.Append("\\'");
                word = word[1..];
                continue;
            }

            var end = word.IndexOf('\'');
            var run = end < 0 ? word : word[..end];
            text.Append('\'').Append(run).Append('\'');
            word = word[run.Length..];
        }
    }

    private static void AppendWithBackslashes(StringBuilder text, string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (Special.Contains(word[i]) || (i == 0 && word[i] == '~'))
            {
                text.Append('\\');
            }

            text.Append(word[i]);
        }
    }
}
