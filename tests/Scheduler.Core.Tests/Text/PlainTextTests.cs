using System.Text;
using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("as it is: äöü 日本 👩‍👧 ~", "as it is: äöü 日本 👩‍👧 ~")]
    [InlineData("a\nb\r\nc\rd\te", "a b c d e")]
    [InlineData("a\u0085b\u2028c\u2029d\ve\ff", "a b c d e f")]
    [InlineData("\u001b[31mred\u0007\0\u007f\u009b", "\uFFFD[31mred\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u202Eevil\u2066\u2069\u200F\uFEFF\u00AD", "\uFFFDevil\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("\U000E0041hidden", "\uFFFDhidden")]
    [InlineData(null, "")]
    public void OneLineWithNothingThatSteers(string? text, string expected) => Assert.Equal(expected, PlainText.Line(text));

    [Fact]
    public void HalfCharactersAreReplaced() => Assert.Equal("a\uFFFDb\uFFFD", PlainText.Line("a\ud800b\udc00"));

    [Fact]
    public void LinesStayWhereTheyAreOurs() => Assert.Equal("a\nb\nc\uFFFDd\n\ne", PlainText.Lines("a\r\nb\u2028c\u001bd\r\re"));

    [Fact]
    public void ALongTextIsCutBetweenCharactersAndSaysHowLongItWas()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 100));
        var line = PlainText.Line(text, 60);
        Assert.True(line.Length <= 60, line);
        Assert.EndsWith("😀… (200 characters)", line, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCharacterThereIsComesOutFitToBePrinted()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            var text = value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : new Rune(value).ToString();
            var line = PlainText.Line(text);
            Assert.False(line.Any(char.IsControl) || line.Any(c => c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E')), $"U+{value:X4}");
            Assert.True(line.EnumerateRunes().All(PlainText.IsPlain), $"U+{value:X4}");
        }
    }

    [Fact]
    public void WhatIsQuotedShowsItsInvisibleCharacters() =>
        Assert.Equal("\"a\\u202eb\\u0085c\\U000e0041d\\n\"", GoText.Quote("a\u202eb\u0085c\U000E0041d\n"));

    [Fact]
    public void ACellCannotLeaveItsTable()
    {
        var table = BoxTable.Draw(["A"], [["x\u2028│ faked │\n\u001b[2J\u202e"]]);
        Assert.All(table.Split('\n'), line => Assert.Contains(line[0], "╭│├╰"));
        Assert.DoesNotContain('\u001b', table);
        Assert.DoesNotContain('\u202e', table);
    }
}
