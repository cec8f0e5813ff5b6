using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// Akka's transport, which ends the whole actor system when a TLS handshake fails with a server that it has connected to: an address
/// where a node was and something else is now (without TLS, with another authority, or a stranger) would bring down every node that
/// tries it. So before Akka connects, both sides are shown each other's certificates on a connection that carries nothing else, and
/// where that fails the address counts as one that nobody listens at. Named in HOCON as <c>transport-class</c>.
/// </summary>
public sealed class ProbingTransport : Transport
{
    private const string Inner = "Akka.Remote.Transport.DotNetty.TcpTransport, Akka.Remote";

    private readonly Transport _inner;
    private readonly NodeCertificate _certificate;
    private readonly TimeSpan _patience;

    /// <summary>Called by Akka.</summary>
    /// <exception cref="InvalidOperationException">The actor system was made without a <see cref="NodeTlsSetup"/>.</exception>
    public ProbingTransport(ActorSystem system, Config config)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(config);
        _inner = (Transport)Activator.CreateInstance(Type.GetType(Inner, throwOnError: true)!, system, config)!;
        _certificate = system.Settings.Setup.Get<NodeTlsSetup>().GetOrElse(null!)?.Certificate
            ?? throw new InvalidOperationException($"the actor system has no {nameof(NodeTlsSetup)}; add one when it is made");
        _patience = config.GetTimeSpan("connection-timeout", allowInfinite: false);
        (System, Config) = (system, config);
    }

    public override string SchemeIdentifier
    {
        get => _inner.SchemeIdentifier;
        protected set => throw new NotSupportedException("the scheme is the inner transport's");
    }

    public override long MaximumPayloadBytes
    {
        get => _inner.MaximumPayloadBytes;
        protected set => throw new NotSupportedException("the size is the inner transport's");
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() => _inner.Listen();

    public override bool IsResponsibleFor(Address remote) => _inner.IsResponsibleFor(remote);

    /// <exception cref="InvalidAssociationException">Nobody is there, or somebody else.</exception>
    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        ArgumentNullException.ThrowIfNull(remoteAddress);
        try
        {
            await Patience.WithinAsync(_patience, TimeProvider.System, token => ShakeHandsAsync(remoteAddress, token), CancellationToken.None);
        }
        catch (Exception error) when (error is HttpRequestException or AuthenticationException or ArgumentException)
        {
            throw new InvalidAssociationException($"no node was found at {remoteAddress}: {error.Message}", error);
        }

        return await _inner.Associate(remoteAddress);
    }

    public override Task<bool> Shutdown() => _inner.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _inner.ManagementCommand(message);

    /// <summary>Up to TLS 1.2, which is what Akka speaks, the end of the handshake means that the server believes us too.</summary>
    private async Task<bool> ShakeHandsAsync(Address address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host ?? "", address.Port ?? 0, cancellationToken);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = address.Host ?? "",
                EnabledSslProtocols = SslProtocols.Tls12,
                RemoteCertificateValidationCallback = (_, peer, _, _) => _certificate.Objection(peer as X509Certificate2) is null,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate.Own,
            },
            cancellationToken);
        return true;
    }
}

/// <summary>What <see cref="ProbingTransport"/> needs and cannot get from HOCON.</summary>
public sealed class NodeTlsSetup(NodeCertificate certificate) : Setup
{
    public NodeCertificate Certificate { get; } = certificate;
}
