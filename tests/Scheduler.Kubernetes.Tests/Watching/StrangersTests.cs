using Scheduler.Kubernetes.Watching;

namespace Scheduler.Kubernetes.Tests.Watching;

public sealed class StrangersTests
{
    [Fact]
    public void EachIsToldOnce()
    {
        var told = new List<Stranger>();
        var strangers = new Strangers(told.Add);
        var (one, other) = (Numbered(1), Numbered(1) with { Kind = "pods", Reason = StrangerReason.Owner });

        Assert.All(Enumerable.Range(0, 3), _ =>
        {
            strangers.Note(one);
            strangers.Note(other);
        });

        Assert.Equal([one, other], told);
        Assert.Equal("jobs/job-1 is ignored: its name does not end in 'x', which its label buildkite.com/job-uuid says", one.Message);
        Assert.Equal("pods/job-1 is ignored: it is not controlled by the Kubernetes Job of 'x', which its label buildkite.com/job-uuid says", other.Message);
    }

    [Fact]
    public void OfMassesSomeAreToldAgainAndNoneIsKeptForEver()
    {
        var told = 0;
        var strangers = new Strangers(_ => told++);
        for (var number = 0; number < 10_000; number++)
        {
            strangers.Note(Numbered(number));
        }

        Assert.Equal(10_000, told);
        strangers.Note(Numbered(1));
        Assert.Equal(10_001, told);
    }

    private static Stranger Numbered(int number) => new("jobs", $"job-{number}", $"uid-{number}", "x", StrangerReason.Name);
}
