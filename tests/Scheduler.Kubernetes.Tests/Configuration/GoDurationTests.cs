using CsCheck;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class GoDurationTests
{
    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("15m", 900_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData(".5s", 500)]
    [InlineData("1.s", 1000)]
    [InlineData("2h45m30.5s", 9_930_500)]
    [InlineData("500ms", 500)]
    [InlineData("0", 0)]
    [InlineData("-5s", -5000)]
    [InlineData("+5s", 5000)]
    [InlineData("1000us", 1)]
    [InlineData("1000µs", 1)]
    [InlineData("1000000ns", 1)]
    public void DurationsAreNumbersWithUnits(string text, long milliseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("100")]
    [InlineData("5")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1d")]
    [InlineData("1h 30m")]
    [InlineData(" 5s")]
    [InlineData("5S")]
    [InlineData("1m30")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("--5s")]
    [InlineData("9999999999h")]
    [InlineData("99999999999999999999999999999999999h")]
    public void OtherTextsAreNoDurations(string? text) => Assert.False(GoDuration.TryParse(text, out _));

    [Theory]
    [InlineData("0", "0s", "0s")]
    [InlineData("5m", "5m0s", "5m")]
    [InlineData("90m", "1h30m0s", "1h30m")]
    [InlineData("1h", "1h0m0s", "1h")]
    [InlineData("10h", "10h0m0s", "10h")]
    [InlineData("30s", "30s", "30s")]
    [InlineData("1.5s", "1.5s", "1.5s")]
    [InlineData("36h2s", "36h0m2s", "36h0m2s")]
    [InlineData("1.5ms", "1.5ms", "1.5ms")]
    [InlineData("250us", "250µs", "250µs")]
    [InlineData("300ns", "300ns", "300ns")]
    [InlineData("-90s", "-1m30s", "-1m30s")]
    public void TheNormalFormIsGos(string text, string expected, string brief)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(expected, GoDuration.Format(duration));
        Assert.Equal(brief, GoDuration.FormatShort(duration));
    }

    [Fact]
    public void BothFormsReadBackAsTheSameDuration() => Gen.Long[-TimeSpan.MaxValue.Ticks / 100, TimeSpan.MaxValue.Ticks / 100].Sample(ticks =>
    {
        var duration = TimeSpan.FromTicks(ticks);
        Assert.True(GoDuration.TryParse(GoDuration.Format(duration), out var read));
        Assert.True(GoDuration.TryParse(GoDuration.FormatShort(duration), out var readShort));
        Assert.Equal((duration, duration), (read, readShort));
    });

    [Fact]
    public void NoTextThrows() => Gen.String[Gen.Char["0123456789.hmsnuµ+- "], 0, 30].Sample(text => GoDuration.TryParse(text, out _) || true);
}
