using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Scheduler.Cluster.Tests.Formation;

namespace Scheduler.Cluster.Tests.Trust;

/// <summary>A node's port as a stranger's sockets see it, and a stranger's port as a node sees it.</summary>
[Collection(ClusterCollection.Name)]
public sealed class HandshakeTests : IAsyncLifetime, IDisposable
{
    /// <summary>An Akka frame: four bytes of length, then what would be an association.</summary>
    private static readonly byte[] Payload = [4, 0, 0, 0, .. "ping"u8];

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly Authority _ours = new("ours");
    private readonly Authority _theirs = new("theirs");
    private readonly TlsNodes _nodes = new();

    public static TheoryData<string> Strangers =>
        [.. PeerRuleTests.Refused.Select(row => (string)row[0])];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _nodes.DisposeAsync();

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task APeerIsLetInAsAClient()
    {
        using var client = await ConnectAsync(await _nodes.StartAsync(_ours.Issue("one.nodes.test")));
        await using var tls = await HandshakeAsync(client, _ours.Issue("two.nodes.test").Own);
        await tls.WriteAsync(Payload, _deadline.Token);
        Assert.True(tls.IsMutuallyAuthenticated);
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task AStrangerIsRefusedAsAClient(string kind)
    {
        using var client = await ConnectAsync(await _nodes.StartAsync(_ours.Issue("one.nodes.test")));
        await AssertRefusedAsync(client, Certificates.Of(kind, _ours, _theirs).Own);
    }

    [Fact]
    public async Task AClientWithoutACertificateIsRefused()
    {
        using var client = await ConnectAsync(await _nodes.StartAsync(_ours.Issue("one.nodes.test")));
        await AssertRefusedAsync(client, certificate: null);
    }

    [Fact]
    public async Task APlainClientIsCutOffBeforeAnythingItSaysIsRead()
    {
        using var client = await ConnectAsync(await _nodes.StartAsync(_ours.Issue("one.nodes.test")));
        await client.GetStream().WriteAsync(Payload, _deadline.Token);
        Assert.Equal(0, await ReadToEndAsync(client.GetStream()));
    }

    [Fact]
    public async Task APeerIsBelievedAsAServer() => Assert.True(await IsBelievedAsServerAsync(_ours.Issue("two.nodes.test").Own));

    [Theory, MemberData(nameof(Strangers))]
    public async Task AStrangerIsRefusedAsAServer(string kind) =>
        Assert.False(await IsBelievedAsServerAsync(Certificates.Of(kind, _ours, _theirs).Own));

    /// <summary>The handshake fails, or the connection ends without a byte of an answer.</summary>
    private async Task AssertRefusedAsync(TcpClient client, X509Certificate2? certificate)
    {
        try
        {
            await using var tls = await HandshakeAsync(client, certificate);
            await tls.WriteAsync(Payload, _deadline.Token);
            Assert.Equal(0, await ReadToEndAsync(tls));
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            // As it should be.
        }
    }

    /// <summary>What is at a node's former address must not be able to end the nodes that still try it.</summary>
    [Theory]
    [InlineData("other authority")]
    [InlineData("no TLS")]
    [InlineData("hangs up")]
    public async Task ANodeOutlivesAnAddressWhereSomethingElseAnswers(string kind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var node = await JoiningAsync(listener);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var connection = await listener.AcceptTcpClientAsync(_deadline.Token);
            if (kind == "other authority")
            {
                Assert.False(await AnswerAsync(connection, _theirs.Issue("two.nodes.test").Own));
            }
            else if (kind == "no TLS")
            {
                await connection.GetStream().WriteAsync(Payload, _deadline.Token);
                await ReadToEndAsync(connection.GetStream());
            }
        }

        Assert.Null(Akka.Actor.CoordinatedShutdown.Get(node.System).ShutdownReason);
        Assert.False(node.System.WhenTerminated.IsCompleted);
    }

    /// <summary>Whether a node that looks for others at a server with this certificate ever sends it anything.</summary>
    private async Task<bool> IsBelievedAsServerAsync(X509Certificate2 certificate)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await JoiningAsync(listener);

        // A first connection is only to see who answers.
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var connection = await listener.AcceptTcpClientAsync(_deadline.Token);
            if (await AnswerAsync(connection, certificate))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A node that is in no cluster and asks again and again to be let in.</summary>
    private async Task<TestNode> JoiningAsync(TcpListener listener)
    {
        await _nodes.StartAsync(_ours.Issue("zero.nodes.test"));
        var node = await _nodes.StartAsync(_ours.Issue("one.nodes.test"));
        AskToJoin(node, ((IPEndPoint)listener.LocalEndpoint).Port);
        return node;
    }

    private static void AskToJoin(TestNode node, int port) => node.Cluster.Join(node.Cluster.SelfAddress.WithPort(port));

    private async Task<bool> AnswerAsync(TcpClient connection, X509Certificate2 certificate)
    {
        await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls12,
                },
                _deadline.Token);
            return await tls.ReadAsync(new byte[1], _deadline.Token) > 0;
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return false;
        }
    }

    private async Task<TcpClient> ConnectAsync(TestNode node)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, node.Cluster.SelfAddress.Port!.Value, _deadline.Token);
        return client;
    }

    private async Task<SslStream> HandshakeAsync(TcpClient client, X509Certificate2? certificate)
    {
        var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "one.nodes.test",
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
                EnabledSslProtocols = SslProtocols.Tls12,
            },
            _deadline.Token);
        return tls;
    }

    private async Task<int> ReadToEndAsync(Stream stream)
    {
        try
        {
            var (buffer, all) = (new byte[256], 0);
            for (int read; (read = await stream.ReadAsync(buffer, _deadline.Token)) > 0;)
            {
                all += read;
            }

            return all;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
