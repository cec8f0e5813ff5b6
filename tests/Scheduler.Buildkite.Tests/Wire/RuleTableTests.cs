using System.Runtime.InteropServices;
using Scheduler.Buildkite.Wire;

namespace Scheduler.Buildkite.Tests.Wire;

public sealed class RuleTableTests
{
    [Theory]
    [InlineData("linux", "a=1,queue=other,b=2", "a=1,queue=linux,b=2")]
    [InlineData("linux", "a=1", "a=1,queue=linux")]
    [InlineData("linux", "queue=x,queue=y", "queue=linux,queue=y")]
    [InlineData("default", "queue=x", "queue=default")]
    [InlineData("_default", "queue=x,a=1,queue=y", "a=1")]
    [InlineData("~", "a=1,queue=x", "a=1")]
    [InlineData("-", "queuer=x,Queue=x", "queuer=x,Queue=x")]
    public void TheQueueRuleIsMadeToFit(string queue, string rules, string fitted) =>
        Assert.Equal(fitted.Split(','), new RuleTable(queue).List(rules.Split(',')));

    [Fact]
    public void EqualRulesAndListsAreOneObject()
    {
        var table = new RuleTable("q");

        var first = table.List(["a=1", "b=2"]);

        Assert.Same(table.Rule("x=1"), table.Rule("x=1"));
        Assert.Same(ImmutableCollectionsMarshal.AsArray(first), ImmutableCollectionsMarshal.AsArray(table.List(["a=1", "b=2"])));
        Assert.NotEqual(first, table.List(["b=2", "a=1"]));
    }

    [Fact]
    public void AFullTableStartsAnew()
    {
        var table = new RuleTable("q", capacity: 10);
        var early = table.Rule("early");

        for (var n = 0; n < 100; n++)
        {
            table.Rule($"n={n}");
            Assert.Equal<string>([$"n={n}", "queue=q"], table.List([$"n={n}"]));
        }

        Assert.NotSame(early, table.Rule("early"));
    }
}
