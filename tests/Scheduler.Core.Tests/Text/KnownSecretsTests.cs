using System.Text;
using System.Text.Json;
using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class KnownSecretsTests
{
    private const string Token = "bkct_s3cr+t/with=signs\"\\";

    private readonly KnownSecrets _secrets = new();

    public KnownSecretsTests() => _secrets.Add(Token);

    public static TheoryData<string> Writings() =>
    [
        Token,
        JsonSerializer.Serialize(Token),
        JsonSerializer.Serialize(new { a = new { b = new[] { Token } } }),
        Uri.EscapeDataString(Token),
        Uri.EscapeDataString(Token).Replace("%2B", "%2b", StringComparison.Ordinal).Replace("%2F", "%2f", StringComparison.Ordinal)
            .Replace("%3D", "%3d", StringComparison.Ordinal).Replace("%5C", "%5c", StringComparison.Ordinal),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Token)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Token)).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Token}")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"t\": \"{Token}\"}}")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"a{Token}b")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"ab{Token}")),
    ];

    [Theory]
    [MemberData(nameof(Writings))]
    public void HoweverItIsWrittenItIsMasked(string written)
    {
        var masked = _secrets.Mask($"before {written} after {written}");
        Assert.Contains(KnownSecrets.Redacted, masked, StringComparison.Ordinal);
        Assert.StartsWith("before ", masked, StringComparison.Ordinal);

        // Nothing of it is left that is long enough to be of use.
        for (var i = 0; i + 6 <= written.Length; i++)
        {
            var piece = written.Substring(i, 6);
            Assert.True(!masked.Contains(piece, StringComparison.Ordinal) || !IsOfToken(written, piece), $"{piece} in {masked}");
        }
    }

    [Fact]
    public void WithoutSecretsTheTextIsTheSame()
    {
        var text = new string('x', 1000);
        Assert.Same(text, _secrets.Mask(text));
        Assert.Same(text, new KnownSecrets().Mask(text));
    }

    [Fact]
    public void ShortValuesAreNoSecrets()
    {
        var secrets = new KnownSecrets();
        secrets.Add("on");
        secrets.Add(null);
        Assert.Equal("on and off", secrets.Mask("on and off"));
    }

    [Fact]
    public void OfTokensThatChangeForEverTheLatestAreRemembered()
    {
        var secrets = new KnownSecrets();
        for (var i = 0; i < 200; i++)
        {
            secrets.Add($"token-number-{i:000}");
        }

        Assert.DoesNotContain("token-number-199", secrets.Mask("token-number-199"), StringComparison.Ordinal);
    }

    private static bool IsOfToken(string written, string piece)
    {
        // In Base64 of a longer text, what does not depend on the token may stay.
        if (written.Contains(Token, StringComparison.Ordinal) || !IsBase64(written))
        {
            return Token.Contains(piece, StringComparison.Ordinal);
        }

        var start = written.IndexOf(piece, StringComparison.Ordinal);
        var whole = Encoding.UTF8.GetString(Convert.FromBase64String(Padded(written)));
        var token = whole.IndexOf(Token, StringComparison.Ordinal);
        var (from, to) = (start * 6 / 8, (start + piece.Length) * 6 / 8);
        return from >= token && to <= token + Token.Length;
    }

    private static bool IsBase64(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_');

    private static string Padded(string text)
    {
        var standard = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        return standard.PadRight((standard.Length + 3) / 4 * 4, '=');
    }
}
