using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Scheduler.Logging;

/// <summary>
/// What must not be printed: the values it was told of, and whatever is written as the value of a variable whose name says that
/// it is a secret. Safe to use from any thread.
/// </summary>
internal sealed partial class Secrets
{
    private const string Mask = "[REDACTED]";

    /// <summary>Shorter values would black out ordinary words.</summary>
    private const int ShortestValue = 6;

    private readonly Regex? _additional;
    private ImmutableArray<string> _values = [];

    /// <param name="names">Patterns of further variable names, with <c>*</c> for anything (<c>additional-redacted-vars</c>).</param>
    public Secrets(IEnumerable<string> names)
    {
        var patterns = names.Where(name => name.Length > 0).Select(name => Regex.Escape(name).Replace(@"\*", "[A-Za-z0-9_]*", StringComparison.Ordinal));
        var joined = string.Join('|', patterns);
        _additional = joined.Length == 0 ? null : new Regex(
            $"""(?<key>\b(?:{joined})"?\s*[=:]\s*)(?:"(?:[^"\\]|\\.)*"|[^\s",;]+)""", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>A value not to be printed from now on. Empty and very short ones are ignored.</summary>
    public void Add(string value)
    {
        if (value.Length >= ShortestValue)
        {
            ImmutableInterlocked.Update(ref _values, (values, added) => values.Contains(added) ? values : values.Add(added), value);
        }
    }

    public string Redact(string text)
    {
        foreach (var value in _values)
        {
            text = text.Replace(value, Mask, StringComparison.Ordinal);
        }

        text = SecretVariable().Replace(text, "${key}" + Mask);
        return _additional?.Replace(text, "${key}" + Mask) ?? text;
    }

    /// <summary>The agent's own patterns: what the name of a variable has to end with to count as secret.</summary>
    [GeneratedRegex(
        """(?<key>\b[A-Za-z0-9_]*(?:_PASSWORD|_SECRET|_TOKEN|_PRIVATE_KEY|_ACCESS_KEY|_SECRET_KEY|_CONNECTION_STRING)"?\s*[=:]\s*)(?:"(?:[^"\\]|\\.)*"|[^\s",;]+)""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretVariable();
}
