using System.Text;
using CsCheck;

namespace Scheduler.Buildkite.Tests;

public sealed class CroppedTextTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Pieces = ["a", "ü", "€", "🙂", "\u2028", "e\u0301"];

    private static readonly Gen<string> Texts =
        Gen.Int[0, 5].Select(n => Pieces[n]).Array[0, 400].Select(string.Concat);

    [Fact]
    public void ACroppedTextFitsIsValidAndBeginsLikeTheText() => Gen.Select(Texts, Gen.Int[20, 500]).Sample((text, limit) =>
    {
        var cropped = CroppedText.Crop(text, limit, CroppedText.NotificationMarker);

        var bytes = Strict.GetByteCount(cropped);
        if (Strict.GetByteCount(text) <= limit)
        {
            return cropped == text;
        }

        var kept = cropped[..^CroppedText.NotificationMarker.Length];
        return bytes <= limit && bytes > limit - 4
            && cropped.EndsWith(CroppedText.NotificationMarker, StringComparison.Ordinal)
            && text.StartsWith(kept, StringComparison.Ordinal);
    });

    [Fact]
    public void WithHalvesOfCharactersTheSentBytesStillFit() => Gen.Select(Gen.Char.Array[0, 400], Gen.Int[20, 500]).Sample(
        (chars, limit) => Encoding.UTF8.GetByteCount(CroppedText.Crop(new string(chars), limit, CroppedText.NotificationMarker)) <= limit);

    [Fact]
    public void TheMarkersHaveTheLengthsOfTheOfficialClient()
    {
        Assert.Equal(58, Encoding.UTF8.GetByteCount(CroppedText.FinishMarker));
        Assert.Equal(13, Encoding.UTF8.GetByteCount(CroppedText.NotificationMarker));
    }
}
