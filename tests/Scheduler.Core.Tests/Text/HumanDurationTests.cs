using Scheduler.Core.Text;

namespace Scheduler.Core.Tests.Text;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(125, "2m5s")]
    [InlineData(600, "10m")]
    [InlineData(10799, "179m")]
    [InlineData(10800, "3h")]
    [InlineData(3 * 3600 + 600, "3h10m")]
    [InlineData(8 * 3600 + 600, "8h")]
    [InlineData(49 * 3600, "2d1h")]
    [InlineData(9 * 86400 + 3600, "9d")]
    [InlineData(800 * 86400, "2y70d")]
    [InlineData(3000 * 86400, "8y")]
    public void RoughDurationsReadLikeKubectls(int seconds, string text) => Assert.Equal(text, HumanDuration.Rough(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(-1, "0s")]
    [InlineData(59.4, "59s")]
    [InlineData(59.5, "1m0s")]
    [InlineData(903, "15m3s")]
    [InlineData(3600, "1h0m0s")]
    public void DurationsToTheSecondReadLikeGos(double seconds, string text) =>
        Assert.Equal(text, HumanDuration.ToTheSecond(TimeSpan.FromSeconds(seconds)));
}
