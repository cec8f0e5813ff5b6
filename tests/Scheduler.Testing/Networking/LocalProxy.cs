using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Scheduler.Testing.Networking;

/// <summary>
/// A proxy on the loopback address that speaks HTTP (also <c>CONNECT</c>) and SOCKS5. Every name leads to this machine, so that names can be
/// called that only a proxy knows. It remembers what each connection asked for first.
/// </summary>
public sealed class LocalProxy : IAsyncDisposable
{
    private const int LongestHead = 16 * 1024;

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _credentials;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    private LocalProxy(string? credentials, X509Certificate2? certificate)
    {
        (_credentials, _certificate) = (credentials, certificate);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Such as <c>CONNECT kubernetes.test:6443</c>, <c>GET http://buildkite.test/v3/token</c> and <c>SOCKS5 kubernetes.test:6443</c>.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <param name="credentials"><c>user:password</c> that HTTP clients have to show; null = none.</param>
    /// <param name="certificate">With its key: clients have to speak TLS with the proxy itself. Null = they must not.</param>
    public static LocalProxy Start(string? credentials = null, X509Certificate2? certificate = null) => new(credentials, certificate);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException && _stop.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var near = await OpenAsync(client);
                var first = new byte[1];
                await near.ReadExactlyAsync(first, _stop.Token);
                await (first[0] == 5 ? SocksAsync(near) : HttpAsync(near, first[0]));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException
                or System.Security.Authentication.AuthenticationException)
            {
                // One end is gone.
            }
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        client.NoDelay = true;
        if (_certificate is null)
        {
            return client.GetStream();
        }

        var secured = new SslStream(client.GetStream());
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secured;
    }

    private async Task HttpAsync(Stream near, byte first)
    {
        var head = await HeadAsync(near, [first]);
        while (!IsAllowed(head))
        {
            await near.WriteAsync("HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
            head = await HeadAsync(near, []);
        }

        var words = head.Split(' ');
        _requests.Enqueue($"{words[0]} {words[1]}");
        if (words[0] == "CONNECT")
        {
            using var tunnel = await DialAsync(words[1][(words[1].LastIndexOf(':') + 1)..]);
            await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stop.Token);
            await RelayAsync(near, tunnel.GetStream());
            return;
        }

        using var far = await DialAsync(new Uri(words[1]).Port.ToString(CultureInfo.InvariantCulture));
        await far.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head), _stop.Token);
        await RelayAsync(near, far.GetStream());
    }

    private bool IsAllowed(string head) => _credentials is null || head.Contains(
        $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_credentials))}\r\n", StringComparison.OrdinalIgnoreCase);

    private async Task SocksAsync(Stream near)
    {
        var methods = await BytesAsync(near, (await BytesAsync(near, 1))[0]);
        await near.WriteAsync(_credentials is null ? new byte[] { 5, 0 } : [5, 2], _stop.Token);
        if (_credentials is not null)
        {
            Assume(methods.Contains((byte)2));
            await BytesAsync(near, 1);
            var user = Encoding.UTF8.GetString(await BytesAsync(near, (await BytesAsync(near, 1))[0]));
            var password = Encoding.UTF8.GetString(await BytesAsync(near, (await BytesAsync(near, 1))[0]));
            await near.WriteAsync(new byte[] { 1, $"{user}:{password}" == _credentials ? (byte)0 : (byte)1 }, _stop.Token);
        }

        var kind = (await BytesAsync(near, 4))[3];
        var host = kind == 3
            ? Encoding.ASCII.GetString(await BytesAsync(near, (await BytesAsync(near, 1))[0]))
            : new IPAddress(await BytesAsync(near, kind == 4 ? 16 : 4)).ToString();
        var port = await BytesAsync(near, 2);
        var target = ((port[0] << 8) | port[1]).ToString(CultureInfo.InvariantCulture);
        _requests.Enqueue($"SOCKS5 {host}:{target}");
        using var far = await DialAsync(target);
        await near.WriteAsync(new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 }, _stop.Token);
        await RelayAsync(near, far.GetStream());
    }

    private static void Assume(bool holds)
    {
        if (!holds)
        {
            throw new IOException("not what a client says");
        }
    }

    private async Task<TcpClient> DialAsync(string port)
    {
        var far = new TcpClient { NoDelay = true };
        await far.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture), _stop.Token);
        return far;
    }

    private async Task<byte[]> BytesAsync(Stream near, int count)
    {
        var bytes = new byte[count];
        await near.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }

    private async Task<string> HeadAsync(Stream near, byte[] begun)
    {
        var head = new StringBuilder(Encoding.Latin1.GetString(begun));
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assume(head.Length < LongestHead);
            head.Append((char)(await BytesAsync(near, 1))[0]);
        }

        return head.ToString();
    }

    private async Task RelayAsync(Stream near, Stream far)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var (there, back) = (near.CopyToAsync(far, ended.Token), far.CopyToAsync(near, ended.Token));
        await Task.WhenAny(there, back);
        await ended.CancelAsync();
        await Task.WhenAll(there, back);
    }
}
