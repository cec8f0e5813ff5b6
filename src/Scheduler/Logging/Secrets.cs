using System.Collections.Frozen;
using Scheduler.Core.Text;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Logging;

/// <summary>
/// What must not be printed: the values this process knows, however they are written, and whatever is written as the value of a
/// variable whose name says that it is a secret. Safe to use from any thread.
/// </summary>
/// <param name="names">Patterns of further variable names, with <c>*</c> for anything (<c>additional-redacted-vars</c>).</param>
internal sealed class Secrets(IEnumerable<string> names)
{
    private const int Longest = 2 * PlainText.Longest;

    /// <summary>Keys of ours that are called a secret and name one: <c>AGENT_TOKEN_SECRET</c>.</summary>
    private static readonly FrozenSet<string> Names =
        ConfigurationKeys.All.Where(key => !key.IsSecret).Select(key => key.Variable).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    private readonly NamedSecrets _named = new(names);

    /// <summary>The values.</summary>
    public KnownSecrets Known { get; } = new();

    /// <summary>A value not to be printed from now on. Null, empty and very short ones are ignored.</summary>
    public void Add(string? value) => Known.Add(value);

    /// <summary>
    /// The secret values of the process's own environment: variables with secret names, headers for the trace exporter, passwords
    /// of proxies.
    /// </summary>
    public void AddEnvironment(IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, value) in variables)
        {
            if (name.StartsWith("OTEL_", StringComparison.Ordinal) && name.EndsWith("_HEADERS", StringComparison.Ordinal))
            {
                foreach (var header in value.Split(','))
                {
                    Add(Uri.UnescapeDataString(header[(header.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()));
                }
            }
            else if (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Split(':', 2) is [_, var password])
            {
                Add(Uri.UnescapeDataString(password));
            }
            else if (_named.IsSecret(name) && !Names.Contains(name))
            {
                Add(value.Trim());
            }
        }
    }

    /// <summary>The text without the secrets in it. Of a very long one only as much as can be printed, so that it takes no time.</summary>
    public string Redact(string text)
    {
        if (text.Length <= Longest)
        {
            return _named.Mask(Known.Mask(text));
        }

        // The end of what was cut may be the beginning of a secret, so it is not shown.
        var masked = _named.Mask(Known.Mask(text[..Longest]));
        var shown = Math.Clamp(masked.Length - Known.LongestForm, 0, PlainText.Longest);
        return string.Concat(masked.AsSpan(0, shown), FormattableString.Invariant($"… ({text.Length} characters)"));
    }
}
