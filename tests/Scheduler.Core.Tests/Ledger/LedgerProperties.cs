using CsCheck;

namespace Scheduler.Core.Tests.Ledger;

/// <summary>What holds for every sequence of calls, with losses, duplicates and reordering, and the proof that each check bites.</summary>
public sealed class LedgerProperties
{
    private const int Iterations = 20_000;

    private static readonly Gen<int[]> Choices = Gen.Int[0, (1 << 20) - 1].Array[0, 120];

    [Fact]
    public void UnfinishedJobsNeverExceedTheLimitAndNoTokenIsLeftAtQuiescence() =>
        Choices.Sample(choices => Play(new Books(LedgerWorld.Limit), choices), iter: Iterations);

    public static TheoryData<string> BrokenBooks =>
    [
        nameof(BooksWithOneTokenTooMany),
        nameof(BooksWithoutConfirmation),
        nameof(BooksThatTakeAnyReturn),
        nameof(BooksThatFreeGrantsOnStaleFacts),
        nameof(BooksThatTrustSnapshots),
        nameof(BooksWithEndlessGrants),
        nameof(BooksThatMissTheEnd),
        nameof(BooksWithoutDeadlines),
    ];

    [Theory]
    [MemberData(nameof(BrokenBooks))]
    public void ABrokenLedgerIsCaught(string broken) =>
        Assert.ThrowsAny<CsCheckException>(() => Choices.Sample(choices => Play(Make(broken), choices), iter: 40 * Iterations));

    private static void Play(Books books, int[] choices)
    {
        var world = new LedgerWorld(books);
        world.Run(choices);
        world.Settle();
    }

    private static Books Make(string name) => name switch
    {
        nameof(BooksWithOneTokenTooMany) => new BooksWithOneTokenTooMany(LedgerWorld.Limit),
        nameof(BooksWithoutConfirmation) => new BooksWithoutConfirmation(LedgerWorld.Limit),
        nameof(BooksThatTakeAnyReturn) => new BooksThatTakeAnyReturn(LedgerWorld.Limit),
        nameof(BooksThatFreeGrantsOnStaleFacts) => new BooksThatFreeGrantsOnStaleFacts(LedgerWorld.Limit),
        nameof(BooksThatTrustSnapshots) => new BooksThatTrustSnapshots(LedgerWorld.Limit),
        nameof(BooksWithEndlessGrants) => new BooksWithEndlessGrants(LedgerWorld.Limit),
        nameof(BooksThatMissTheEnd) => new BooksThatMissTheEnd(LedgerWorld.Limit),
        nameof(BooksWithoutDeadlines) => new BooksWithoutDeadlines(LedgerWorld.Limit),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such books"),
    };
}
