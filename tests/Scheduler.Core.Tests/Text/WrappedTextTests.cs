using CsCheck;
using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("one two three", 7, "one two\nthree")]
    [InlineData("a\nb", 5, "a\nb")]
    [InlineData("abcdefgh", 3, "abc\ndef\ngh")]
    [InlineData("", 5, "")]
    public void LinesBreakAtBlanksAndElseWithinWords(string text, int width, string wrapped) => Assert.Equal(wrapped, WrappedText.At(width, text));

    [Fact]
    public void NoLineIsTooLongAndNoCharacterIsLost() =>
        Gen.Select(Gen.Int[0, 4].Select(letter => "aö€ \n"[letter]).Array[0, 60], Gen.Int[1, 12]).Sample((letters, width) =>
        {
            var text = new string(letters);
            var wrapped = WrappedText.At(width, text);
            Assert.All(wrapped.Split('\n'), line => Assert.InRange(line.Length, 0, width));
            Assert.Equal(Solid(text), Solid(wrapped));
        });

    private static string Solid(string text) => string.Concat(text.Where(c => c is not (' ' or '\n')));
}
