using System.Text;

namespace Scheduler.Buildkite.Transport;

/// <summary>Makes what the service sent fit for messages and log lines: one line, short, without the token.</summary>
internal sealed class SafeText(string token)
{
    public const string Mask = "[token]";

    private const int PreviewLength = 200;

    public string Clean(string text)
    {
        var masked = text.Replace(token, Mask, StringComparison.Ordinal);
        return string.Create(masked.Length, masked, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }

    /// <summary>The first characters of a text or body, and how long it was.</summary>
    public string Preview(string text)
    {
        // Masked before it is cut, so that the cut cannot leave half a token.
        var clean = Clean(text);
        return clean.Length <= PreviewLength ? clean : $"{clean[..PreviewLength]}… ({clean.Length} characters)";
    }

    public string Preview(ReadOnlySpan<byte> body)
    {
        const int Decoded = 8 * PreviewLength;
        if (body.Length <= Decoded)
        {
            return Preview(Encoding.UTF8.GetString(body));
        }

        // The end of what was decoded may be the beginning of a token, so it is not shown.
        var text = Clean(Encoding.UTF8.GetString(body[..Decoded]));
        var shown = Math.Clamp(text.Length - token.Length, 0, PreviewLength);
        return $"{text[..shown]}… ({body.Length} bytes)";
    }
}
