using System.IO.Compression;
using System.Text;
using Scheduler.Testing.Remoting;
using Scheduler.Testing.Waiting;
using Xunit.Abstractions;

namespace Scheduler.Tests.EndToEnd;

/// <summary>Somebody who reaches the remoting port of a running process and is no member of its cluster.</summary>
public sealed class StrangerTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const string Limiter = "/user/limiter/limiter/actor";
    private const long Flat = 100 * 1024 * 1024;

    /// <summary>hocon/remote.conf: connections from outside times the largest frame.</summary>
    private const long MostInFrames = 32L * 8 * 1024 * 1024;
    private const int Misc = 16;
    private const int SystemMessages = 22;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private ExposedNode _node = null!;
    private long _memory;
    private int _lines;

    public async Task InitializeAsync()
    {
        _node = await ExposedNode.StartAsync(_deadline.Token);
        (_memory, _lines) = (_node.Memory, _node.Lines.Count);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task NoSerializerReadsWhatItIsSentAndNothingIsMade()
    {
        var folder = Directory.CreateTempSubdirectory("watched-").FullName;
        var watches = _node.Open.Count(IsWatch);
        var payloads = Payloads(folder).ToArray();
        await using (var stranger = await Stranger.IntroducedAsync(_node.RemotingPort, _deadline.Token))
        {
            foreach (var payload in payloads)
            {
                await stranger.TellAsync(Limiter, payload, _deadline.Token);
                await stranger.TellAsync("/", payload.Selected("user", "limiter", "limiter", "actor"), _deadline.Token);
            }

            // Frames of one connection are read one after another.
            Assert.True(await stranger.IsHeardAsync(_deadline.Token));
        }

        var refused = await _node.MetricAsync("scheduler_wire_refused_total", _deadline.Token);
        output.WriteLine($"{payloads.Length} payloads, {refused} refusals");
        Assert.True(refused >= 1.9 * payloads.Length, $"{refused} of {2 * payloads.Length} were refused");
        Assert.Equal(watches, _node.Open.Count(IsWatch));
        await StillWorksAsync();
    }

    [Theory]
    [InlineData(Limiter)]
    [InlineData("/user/limiter")]
    [InlineData("/system/cluster/core/daemon")]
    public async Task NobodyEndsAnActorFromOutside(string path)
    {
        Payload[] ends =
        [
            new(Misc, "PP", []),
            new(Misc, "K", []),
            new(SystemMessages, "Akka.Dispatch.SysMsg.Terminate, Akka", []),
            new(SystemMessages, "Akka.Dispatch.SysMsg.Suspend, Akka", []),
            new(SystemMessages, "Akka.Dispatch.SysMsg.Recreate, Akka", []),
            new(SystemMessages, "Akka.Dispatch.SysMsg.DeathWatchNotification, Akka", DeathOf(Limiter).ToArray()),
        ];
        await using (var stranger = await Stranger.IntroducedAsync(_node.RemotingPort, _deadline.Token))
        {
            foreach (var end in ends)
            {
                await stranger.TellAsync(path, end, _deadline.Token);
                await stranger.TellAsync("/", end.Selected(path.Split('/', StringSplitOptions.RemoveEmptyEntries)), _deadline.Token);
            }

            Assert.True(await stranger.IsHeardAsync(_deadline.Token));
        }

        Assert.Equal(2 * ends.Length, await _node.MetricAsync("scheduler_wire_refused_total", _deadline.Token));
        foreach (var (end, number) in ends.Select((end, number) => (end, number + 1)))
        {
            // Counted, as system messages are. A refused one ends the connection it came by.
            await using var stranger = await Stranger.IntroducedAsync(_node.RemotingPort, _deadline.Token);
            await stranger.SendAsync(stranger.Envelope(path, end, number: 0), _deadline.Token);
            await Eventually.TrueAsync(
                async () => await _node.MetricAsync("scheduler_wire_refused_total", _deadline.Token) >= (2 * ends.Length) + number, _deadline.Token);
        }

        await StillWorksAsync();
    }

    [Fact]
    public async Task FramesThatWouldExhaustTheProcessAreTurnedAway()
    {
        Func<Stranger, Task>[] attacks =
        [
            stranger => stranger.SendRawAsync([0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3], _deadline.Token),
            stranger => stranger.SendRawAsync([0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3], _deadline.Token),
            stranger => stranger.SendAsync(new ProtoBytes().Bytes(1, [1, 2, 3]), _deadline.Token),
            stranger => stranger.SendAsync(new ProtoBytes().Bytes(1, new byte[7 * 1024 * 1024]), _deadline.Token),
            stranger => stranger.SendAsync(stranger.Envelope(Limiter, new Payload(SystemMessages, "x", []), number: 1UL << 40), _deadline.Token),
            stranger => stranger.SendAsync(stranger.Envelope(Limiter, Nested(depth: 5000)), _deadline.Token),
            stranger => stranger.SendAsync(stranger.Envelope("/system/ddataReplicator", new Payload(12, "N", Bomb())), _deadline.Token),
            stranger => stranger.SendAsync(stranger.Envelope(Limiter, new Payload(7310, "snapshot.1", new byte[6 * 1024 * 1024])), _deadline.Token),
        ];
        await RoundsAsync();

        // Buffers for frames are kept once they were made, up to hocon's bound; what the same attacks take once more would be a leak.
        Assert.InRange(_node.Memory - _memory, long.MinValue, MostInFrames);
        _memory = _node.Memory;
        await RoundsAsync();

        await using var last = await Stranger.IntroducedAsync(_node.RemotingPort, _deadline.Token);
        Assert.True(await last.IsHeardAsync(_deadline.Token));
        await StillWorksAsync();

        async Task RoundsAsync()
        {
            for (var round = 0; round < 5; round++)
            {
                foreach (var attack in attacks)
                {
                    await AttackAsync(attack);
                }
            }
        }
    }

    [Fact]
    public async Task ThousandsOfSilentConnectionsAreNotHeldAndKeepNobodyOut()
    {
        var silent = new List<Stranger>();
        try
        {
            for (var count = 0; count < 3000; count++)
            {
                silent.Add(await Stranger.ConnectAsync(_node.RemotingPort, _deadline.Token));
            }

            await Eventually.TrueAsync(
                async () => await _node.MetricAsync("scheduler_wire_connections_refused_total", _deadline.Token) >= 2900, _deadline.Token);
            Assert.True(await _node.MetricAsync("scheduler_wire_connections", _deadline.Token) <= 32);
            await using var member = await Stranger.IntroducedAsync(_node.RemotingPort, _deadline.Token);
            Assert.True(await member.IsHeardAsync(_deadline.Token));
            await Eventually.TrueAsync(() => _node.Open.Count(link => link.StartsWith("socket:", StringComparison.Ordinal)) < 200, _deadline.Token);
            await StillWorksAsync();
        }
        finally
        {
            foreach (var stranger in silent)
            {
                await stranger.DisposeAsync();
            }
        }
    }

    /// <summary>Returns when the node has answered what followed, or has closed the connection.</summary>
    private async Task AttackAsync(Func<Stranger, Task> attack)
    {
        await using var stranger = await Stranger.IntroducedAsync(_node.RemotingPort, _deadline.Token);
        try
        {
            await attack(stranger);
            await stranger.IsHeardAsync(_deadline.Token);
        }
        catch (IOException)
        {
            // Closed before all was written.
        }
    }

    /// <summary>The limiter grants, nothing has grown, and the log says little, and nothing as the stranger wrote it.</summary>
    private async Task StillWorksAsync()
    {
        Assert.True(_node.IsAlive);
        await _node.RunJobAsync(_deadline.Token);
        var grown = _node.Memory - _memory;
        var lines = _node.Lines.Skip(_lines).ToArray();
        output.WriteLine($"memory grew by {grown / 1024 / 1024} MB, {lines.Length} lines were logged:");
        Array.ForEach(lines, output.WriteLine);
        Assert.True(grown < Flat, $"memory grew by {grown / 1024 / 1024} MB");
        Assert.DoesNotContain(lines, line => line.Any(char.IsControl) || line.Length > 2000);
        var repeated = lines.Where(line => line.Length > 20).GroupBy(Kind).Where(kind => kind.Count() > 2).Select(kind => kind.Key);
        Assert.Empty(repeated);
    }

    /// <summary>A line without its time and its numbers.</summary>
    private static string Kind(string line) => new([.. line.Skip("Nov 28 05:54:24.123 ".Length).Where(one => !char.IsDigit(one)).Take(40)]);

    private static bool IsWatch(string link) => link.Contains("inotify", StringComparison.Ordinal);

    /// <summary>All serializers there could be with what each of them knows, and what would do harm.</summary>
    private static IEnumerable<Payload> Payloads(string folder)
    {
        string[] manifests =
        [
            "", "take.9", "PP", "K", "STF", "RS", "RORRC", "AR", "A", "Akka.Remote.DaemonMsgCreate, Akka.Remote",
            "Akka.Cluster.ClusterUserAction+Down, Akka.Cluster", "Akka.Dispatch.SysMsg.Terminate, Akka", "System.String, nowhere\nINF forged line \u001b[31m\u202e",
        ];
        foreach (var serializer in Enumerable.Range(-50, 101).Append(7310).Where(id => id is not (0 or 17)))
        {
            foreach (var manifest in manifests.Where(name => serializer is not 14 || name is not "A"))
            {
                yield return new Payload(serializer, manifest, [1, 2, 3]);
            }
        }

        yield return Json($$"""{"$type":"System.IO.FileSystemWatcher, System.IO.FileSystem.Watcher","Path":"{{folder}}","EnableRaisingEvents":true}""",
            "System.IO.FileSystemWatcher, System.IO.FileSystem.Watcher");
        yield return Json("""{"$type":"System.Diagnostics.Process, System.Diagnostics.Process"}""", "System.Object");
        yield return new Payload(Misc, "STF", new ProtoBytes().Message(1, new ProtoBytes().Text(1, "System.IO.FileNotFoundException, mscorlib").Text(2, "x")).ToArray());
    }

    private static Payload Json(string text, string type) => new(1, type, Encoding.UTF8.GetBytes(text));

    private ProtoBytes DeathOf(string path) => new ProtoBytes()
        .Message(1, new ProtoBytes().Text(1, $"akka.tcp://scheduler@127.0.0.1:{_node.RemotingPort}{path}")).Number(2, 1);

    private static Payload Nested(int depth)
    {
        var payload = new Payload(Misc, "ID", []);
        for (var level = 0; level < depth; level++)
        {
            payload = payload.Selected("user");
        }

        return payload;
    }

    /// <summary>A gibibyte of zeros.</summary>
    private static byte[] Bomb()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            var zeros = new byte[1024 * 1024];
            for (var count = 0; count < 1024; count++)
            {
                gzip.Write(zeros);
            }
        }

        return target.ToArray();
    }
}
