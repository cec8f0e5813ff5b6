using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;
using Scheduler.Cluster.Remoting;

namespace Scheduler.Cluster.Tests.Remoting;

public sealed class ConnectionBookTests
{
    [Fact]
    public void ANewcomerTakesThePlaceOfTheOldestThatHasNotIntroducedItself()
    {
        var entries = Enumerable.Range(0, ConnectionBook.Room).Select(number => Entry($"10.0.0.{number}")).ToArray();
        var book = Full(entries);
        entries[0].IsIntroduced = true;

        var after = book.Admit(Entry("10.0.1.1"), out var displaced);

        Assert.Same(entries[1], displaced);
        Assert.Equal(ConnectionBook.Room, after!.Open.Length);
    }

    [Fact]
    public void WhereAllHaveIntroducedThemselvesANewcomerIsTurnedAway()
    {
        var entries = Enumerable.Range(0, ConnectionBook.Room).Select(number => Entry($"10.0.0.{number}")).ToArray();
        Array.ForEach(entries, entry => entry.IsIntroduced = true);

        Assert.Null(Full(entries).Admit(Entry("10.0.1.1"), out var displaced));
        Assert.Null(displaced);
    }

    [Fact]
    public void OneAddressTakesOnlyItsShareAndPushesOutOnlyItsOwn()
    {
        var member = Entry("10.0.0.1");
        var strangers = Enumerable.Range(0, ConnectionBook.RoomForAddress).Select(_ => Entry("10.0.0.2")).ToArray();
        var book = Full([member, .. strangers]);

        var after = book.Admit(Entry("10.0.0.2"), out var displaced);
        Assert.Same(strangers[0], displaced);
        Assert.Contains(member, after!.Open);

        Array.ForEach(strangers, entry => entry.IsIntroduced = true);
        Assert.Null(book.Admit(Entry("10.0.0.2"), out _));
        Assert.NotNull(book.Admit(Entry("10.0.0.3"), out _));
    }

    [Fact]
    public void AClosedConnectionLeavesRoom()
    {
        var entry = Entry("10.0.0.1");
        Assert.Empty(Full([entry]).Without(entry).Without(entry).Open);
    }

    private static ConnectionBook Full(ConnectionBook.Entry[] entries) =>
        entries.Aggregate(ConnectionBook.Empty, (book, entry) => book.Admit(entry, out _)!);

    private static ConnectionBook.Entry Entry(string host) => new(host, new Unconnected());

    private sealed class Unconnected() : AssociationHandle(new Address("tcp", "a", "b", 1), new Address("tcp", "a", "c", 1))
    {
        public override bool Write(ByteString payload) => false;

        [Obsolete("As in Akka.")]
        public override void Disassociate()
        {
        }
    }
}
