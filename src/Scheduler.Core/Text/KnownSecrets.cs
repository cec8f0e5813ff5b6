using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Scheduler.Core.Text;

/// <summary>
/// Values that must not be shown, and all the ways in which they are found written: as they are, in JSON, in a URL, in Base64,
/// also within a longer text that was encoded as a whole. Safe to use from any thread.
/// </summary>
/// <param name="mask">What stands in their place.</param>
public sealed class KnownSecrets(string mask = KnownSecrets.Redacted)
{
    public const string Redacted = "[REDACTED]";

    /// <summary>Shorter values would black out ordinary words.</summary>
    private const int Shortest = 6;

    /// <summary>Tokens of files are read anew, and each new one is added; the oldest are long out of use then.</summary>
    private const int Most = 64;

    private Known _known = Known.None;

    /// <summary>Length of the longest way to write one of them: the end of a text that was cut may show all but one character of it.</summary>
    public int LongestForm => Volatile.Read(ref _known).Longest;

    /// <summary>A value not to be shown from now on. Null, empty and very short ones are ignored.</summary>
    public void Add(string? value)
    {
        if (value is null || value.Length < Shortest)
        {
            return;
        }

        var before = Volatile.Read(ref _known);
        while (!before.Values.Contains(value))
        {
            var found = Interlocked.CompareExchange(ref _known, before.With(value), before);
            if (ReferenceEquals(found, before))
            {
                return;
            }

            before = found;
        }
    }

    public string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var known = Volatile.Read(ref _known);
        var at = text.AsSpan().IndexOfAny(known.Search);
        if (at < 0)
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        var copied = 0;
        while (at >= 0)
        {
            var (start, end) = known.FormAt(text, at, copied);
            masked.Append(text, copied, start - copied).Append(mask);
            copied = end;
            var next = text.AsSpan(copied).IndexOfAny(known.Search);
            at = next < 0 ? -1 : copied + next;
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }

    private sealed record Known(ImmutableArray<string> Values, ImmutableArray<SecretForm> Forms, SearchValues<string> Search, int Longest)
    {
        public static readonly Known None = new([], [], SearchValues.Create([], StringComparison.Ordinal), 0);

        public Known With(string value)
        {
            var values = Values.Length < Most ? Values.Add(value) : Values.RemoveAt(0).Add(value);

            // The longest first, so that of forms which begin alike the whole is masked.
            ImmutableArray<SecretForm> forms = [.. values.SelectMany(SecretForm.Of).Distinct().OrderByDescending(form => form.Text.Length)];
            return new Known(
                values, forms, SearchValues.Create([.. forms.Select(form => form.Text)], StringComparison.Ordinal), forms[0].Text.Length + 2);
        }

        /// <summary>What to mask where one of the forms begins.</summary>
        public (int Start, int End) FormAt(string text, int at, int notBefore)
        {
            var form = Forms.First(form => string.CompareOrdinal(text, at, form.Text, 0, form.Text.Length) == 0);
            var (start, end) = (at, at + form.Text.Length);

            // The neighbours in Base64 hold a few bits of the value too.
            return form.IsInBase64
                ? (start > notBefore && IsBase64(text[start - 1]) ? start - 1 : start, end < text.Length && IsBase64(text[end]) ? end + 1 : end)
                : (start, end);
        }

        private static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_';
    }
}
