using CsCheck;
using Scheduler.Core.Identity;
using Scheduler.Core.Ledger;
using Scheduler.Core.Protocol;

namespace Scheduler.Core.Tests.Ledger;

public sealed class GrantNumbersTests
{
    private static readonly Moment Start = new(TimeSpan.FromHours(1));

    [Fact]
    public void NoNumberFollowsFromAnother()
    {
        var (one, other) = (GrantNumbers.Secret(), GrantNumbers.Secret());
        var numbers = Enumerable.Range(1, 1000).Select(count => one.Of(new Epoch(7), count)).ToList();

        Assert.All(numbers, number => Assert.True(number > 0));
        Assert.Equal(1000, numbers.Distinct().Count());
        Assert.Empty(numbers.Intersect(Enumerable.Range(1, 1000).Select(count => one.Of(new Epoch(8), count))));
        Assert.Empty(numbers.Intersect(Enumerable.Range(1, 1000).Select(count => other.Of(new Epoch(7), count))));
        Assert.NotEqual(numbers.Order(), numbers);
    }

    [Fact]
    public void TheSameKeyGivesTheSameNumbers() => Gen.Select(Gen.Long[1, long.MaxValue], Gen.Long[1, long.MaxValue]).Sample((epoch, count) =>
        Assert.Equal(new GrantNumbers(new byte[32]).Of(new Epoch(epoch), count), new GrantNumbers(new byte[32]).Of(new Epoch(epoch), count)));

    /// <summary>A forged Job that carries the number a counter would have reached settles nothing, so its deletion frees nothing.</summary>
    [Fact]
    public void AJobWithAGuessedGrantFreesNothing()
    {
        var job = new JobId(Guid.NewGuid());
        var ledger = TokenLedger.Create(1, new LedgerSettings { Numbers = GrantNumbers.Secret() });
        ledger = ledger.Authorize(new GrantAuthority(new Epoch(7), Start + TimeSpan.FromMinutes(1)), Start).Ledger;
        ledger = ledger.Take(new Take(job, 0, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3)), Start).Ledger;
        var guess = new GrantId(new Epoch(7), 1);

        ledger = ledger.Observe(new Observed(job, Core.Jobs.KubernetesJobState.Unfinished, new Revision(5), guess), Start).Ledger;
        ledger = ledger.Observe(new Observed(job, Core.Jobs.KubernetesJobState.Absent, new Revision(6), guess), Start).Ledger;

        Assert.Equal((0, 1), (ledger.Free, ledger.OpenGrants));
    }
}
