using Scheduler.Core.Tags;

namespace Scheduler.Core.Tests.Tags;

public sealed class AgentTagsTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("a=x", "", false)]
    [InlineData("", "a=x", true)]
    [InlineData("a=x", "a=x", true)]
    [InlineData("a=x", "b=y", false)]
    [InlineData("a=x", "a=x b=y", true)]
    [InlineData("a=x b=y", "a=x", false)]
    [InlineData("a=x", "a=y", false)]
    [InlineData("a=*", "a=x", true)]
    [InlineData("a=x b=*", "a=x", false)]
    [InlineData("a=x b=*", "a=x b=y", true)]
    [InlineData("resource_class=big a=x", "a=x", true)]
    [InlineData("no-equals-sign", "", true)]
    [InlineData("a=x=y", "a=x=y", true)]
    public void AJobFitsWhenEveryRuleIsOffered(string rules, string offered, bool fits) =>
        Assert.Equal(fits, AgentTags.Parse(Words(offered)).Fit([.. Words(rules)]));

    [Fact]
    public void TagsWithoutAnEqualsSignAreNamed()
    {
        var error = Assert.Throws<FormatException>(() => AgentTags.Parse(["a=x", "kubernetes", "linux"]));
        Assert.Contains("kubernetes, linux", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheQueueThatIsPolledFits() =>
        Assert.True(AgentTags.Parse(["queue=other"]).WithQueue("linux").Fit(["queue=linux"]));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
