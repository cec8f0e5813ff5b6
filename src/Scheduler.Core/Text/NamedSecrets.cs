using System.Text;
using System.Text.RegularExpressions;

namespace Scheduler.Core.Text;

/// <summary>
/// Masks what is written as the value of a variable whose name says that it is a secret: <c>DB_PASSWORD=x</c>, members of JSON
/// objects however deep and however often quoted, YAML, and <c>name</c>/<c>value</c> pairs as in a container's <c>env</c>, in
/// either order. In doubt too much is masked. One pass, so that no text, however made, takes long. Safe to use from any thread.
/// </summary>
public sealed class NamedSecrets
{
    /// <summary>The agent's own patterns: what the name of a variable has to end with to count as secret.</summary>
    private static readonly string[] Endings =
        ["_PASSWORD", "_SECRET", "_TOKEN", "_PRIVATE_KEY", "_ACCESS_KEY", "_SECRET_KEY", "_API_KEY", "_CONNECTION_STRING"];

    private readonly Regex? _additional;

    /// <param name="patterns">Patterns of further variable names, with <c>*</c> for anything (<c>additional-redacted-vars</c>).</param>
    public NamedSecrets(IEnumerable<string> patterns)
    {
        var joined = string.Join('|', patterns.Where(name => name.Length > 0)
            .Select(name => Regex.Escape(name).Replace(@"\*", ".*", StringComparison.Ordinal)));
        _additional = joined.Length == 0 ? null : new Regex(
            $"^(?:{joined})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline);
    }

    /// <param name="text">To look through.</param>
    /// <param name="mask">What stands in place of the values.</param>
    public string Mask(string text, string mask = KnownSecrets.Redacted)
    {
        ArgumentNullException.ThrowIfNull(text);
        var secret = Find(text);
        if (secret.Count == 0)
        {
            return text;
        }

        secret.Sort();
        var masked = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var (start, end) in secret.Where(range => range.End > range.Start))
        {
            if (start >= copied)
            {
                masked.Append(text, copied, start - copied).Append(mask);
            }

            copied = Math.Max(copied, end);
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }

    private List<(int Start, int End)> Find(string text)
    {
        var secret = new List<(int Start, int End)>();

        // Of the object or list item being read: a value that no name came with yet, and whether a name that no value came with
        // yet asks for secrecy.
        var (value, isSecret) = ((Start: 0, End: 0), (bool?)null);
        for (var at = 0; at < text.Length;)
        {
            if (!SecretSyntax.IsWord(text[at]))
            {
                if (at >= value.End && SecretSyntax.IsBoundary(text, at))
                {
                    (value, isSecret) = ((0, 0), null);
                }

                at++;
                continue;
            }

            var end = SecretSyntax.EndOfWord(text, at);
            var word = SecretSyntax.WithoutEscape(text, at, end);
            at = end;
            if (SecretSyntax.ValueAfter(text, end) is not { } start)
            {
                continue;
            }

            if (IsSecret(word))
            {
                at = SecretSyntax.EndOfValue(text, start);
                secret.Add((start, at));
            }
            else if (end < value.End)
            {
                // Within the value of another pair, which may have to go as a whole.
            }
            else if (word is "name" or "Name" or "NAME" or "key" or "Key")
            {
                isSecret = IsSecret(SecretSyntax.WordAt(text, start));
                if (value.End > 0)
                {
                    secret.AddRange(isSecret == true ? [value] : []);
                    (value, isSecret) = ((0, 0), null);
                }
            }
            else if (word is "value" or "Value" or "VALUE")
            {
                value = (start, SecretSyntax.EndOfValue(text, start));
                if (isSecret == true)
                {
                    secret.Add(value);
                    at = value.End;
                }

                // A value that came with its name waits for no other.
                (value, isSecret) = (isSecret is null ? value : (0, 0), null);
            }
        }

        return secret;
    }

    /// <summary>Whether a variable of that name counts as secret.</summary>
    public bool IsSecret(ReadOnlySpan<char> name)
    {
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || _additional?.IsMatch(name) == true;
    }
}
