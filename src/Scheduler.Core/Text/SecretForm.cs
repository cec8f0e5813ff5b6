using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Core.Text;

/// <summary>One way in which a secret value may be written.</summary>
/// <param name="Text">The characters to look for.</param>
/// <param name="IsInBase64">They are part of a Base64 text that may go on on both sides.</param>
internal readonly record struct SecretForm(string Text, bool IsInBase64)
{
    private const int ShortestInBase64 = 6;

    public static IEnumerable<SecretForm> Of(string value)
    {
        var plain = Escapings(value).Select(text => new SecretForm(text, IsInBase64: false));
        var encoded = Base64(value).SelectMany(Escapings).Select(text => new SecretForm(text, IsInBase64: true));
        return plain.Concat(encoded);
    }

    private static IEnumerable<string> Escapings(string text)
    {
        yield return text;
        yield return JsonEncodedText.Encode(text).ToString();
        yield return JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return text.Replace("/", "\\/", StringComparison.Ordinal);
        var url = Uri.EscapeDataString(text);
        yield return url;
        yield return WithSmallHex(url);
    }

    /// <summary>
    /// The characters of a Base64 text that the value alone decides, for each of the three places within a group of bytes at
    /// which it may begin; in both alphabets.
    /// </summary>
    private static IEnumerable<string> Base64(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var (first, end) = (((8 * offset) + 5) / 6, 8 * (offset + bytes.Length) / 6);
            if (end - first >= ShortestInBase64)
            {
                yield return text[first..end];
                yield return text[first..end].Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private static string WithSmallHex(string url)
    {
        var text = new StringBuilder(url);
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] == '%')
            {
                (text[i + 1], text[i + 2]) = (char.ToLowerInvariant(text[i + 1]), char.ToLowerInvariant(text[i + 2]));
            }
        }

        return text.ToString();
    }
}
