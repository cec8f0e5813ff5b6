using System.Text;
using Scheduler.Core.Text;

namespace Scheduler.Buildkite.Transport;

/// <summary>Makes what the service sent fit for messages and log lines: one line, short, without the token.</summary>
internal sealed class SafeText
{
    public const string Mask = "[token]";

    private const int PreviewLength = 200;

    private readonly KnownSecrets _secrets = new(Mask);

    public SafeText(string token) => _secrets.Add(token);

    public string Clean(string text) => PlainText.Line(_secrets.Mask(text));

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
        var shown = Math.Clamp(text.Length - _secrets.LongestForm, 0, PreviewLength);
        return $"{text[..shown]}… ({body.Length} bytes)";
    }
}
