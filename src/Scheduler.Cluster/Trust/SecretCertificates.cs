using System.Net;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Kubernetes.Connection;

namespace Scheduler.Cluster.Trust;

/// <summary>
/// The nodes' own authority in a Secret, which the first node makes; whoever loses that race takes what the winner has written, so
/// all nodes have one authority. A Secret that holds a certificate instead (<c>tls.crt</c>, <c>tls.key</c>, <c>ca.crt</c>) is used
/// as it is. Never overwritten.
/// </summary>
public sealed class SecretCertificates : ICertificateSource
{
    private const string AuthorityCertificate = "ca.crt";
    private const string AuthorityKey = "ca.key";
    private const string SharedCertificate = "tls.crt";
    private const string SharedKey = "tls.key";

    private readonly IKubernetes _client;
    private readonly SecretPlace _place;
    private readonly PeerNames _names;
    private readonly TimeProvider _time;

    /// <param name="client">A client made by <see cref="KubernetesConnection"/>.</param>
    /// <param name="place">Which Secret, for which node.</param>
    /// <param name="names">The names of nodes.</param>
    /// <param name="time">Says what is valid now.</param>
    public SecretCertificates(IKubernetes client, SecretPlace place, PeerNames names, TimeProvider time) =>
        (_client, _place, _names, _time) = (client, place, names, time);

    public string Place => $"secret {_place.Namespace}/{_place.Name}";

    public async Task<NodeCertificate> LoadAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } there)
        {
            return there;
        }

        await CreateAsync(cancellationToken);
        return await FindAsync(cancellationToken)
            ?? throw new InvalidOperationException($"TLS between nodes: {Place} was removed as soon as it was made; leave it there");
    }

    public async Task<NodeCertificate?> FindAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } data ? Use(data) : null;

    public async Task<string> VersionAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))?.Version ?? "";

    private NodeCertificate Use(SecretData data)
    {
        try
        {
            var certificate = data switch
            {
                { AuthorityCertificate: { } authority, AuthorityKey: { } key } => NodeAuthority.Read(authority, key).Sign(_place.Host, data.Version, _names, _time),
                { AuthorityCertificate: { } authority, SharedCertificate: { } shared, SharedKey: { } key } =>
                    NodeCertificate.FromPem(shared, key, () => authority, data.Version, _names, _time),
                _ => throw Unusable($"it holds neither {AuthorityCertificate} and {AuthorityKey} nor {SharedCertificate}, {SharedKey} and {AuthorityCertificate}"),
            };
            return certificate.Objection(certificate.Own) is { } objection ? throw Unusable($"the other nodes would refuse its certificate: {objection}") : certificate;
        }
        catch (CryptographicException error)
        {
            throw Unusable(error.Message);
        }
    }

    private InvalidOperationException Unusable(string why) =>
        new($"TLS between nodes: {Place} (cluster-tls-secret) is not usable: {why}; delete it, and the nodes make a new one");

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var authority = NodeAuthority.Create(_time);
        var secret = new V1Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new V1ObjectMeta { Name = _place.Name, NamespaceProperty = _place.Namespace },
            Type = "Opaque",
            Data = new Dictionary<string, byte[]>
            {
                [AuthorityCertificate] = Encoding.ASCII.GetBytes(authority.CertificatePem),
                [AuthorityKey] = Encoding.ASCII.GetBytes(authority.KeyPem),
            },
        };
        try
        {
            await CallAsync("create", token => _client.CoreV1.CreateNamespacedSecretAsync(secret, _place.Namespace, cancellationToken: token), cancellationToken);
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.Conflict)
        {
            // Another node was faster.
        }
    }

    private async Task<SecretData?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var secret = await CallAsync(
                "get", token => _client.CoreV1.ReadNamespacedSecretAsync(_place.Name, _place.Namespace, cancellationToken: token), cancellationToken);
            return new SecretData(Text(AuthorityCertificate), Text(AuthorityKey), Text(SharedCertificate), Text(SharedKey));

            string? Text(string key) => secret.Data is { } data && data.TryGetValue(key, out var value) && value.Length > 0 ? Encoding.UTF8.GetString(value) : null;
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<T> CallAsync<T>(string verb, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await Patience.WithinAsync(_place.Timeout, _time, call, cancellationToken);
        }
        catch (HttpOperationException error)
        {
            throw new HttpRequestException($"{Place}: {ApiFailure.Describe(error, verb, "secrets")}", error, error.Response.StatusCode);
        }
    }

    private sealed record SecretData(string? AuthorityCertificate, string? AuthorityKey, string? SharedCertificate, string? SharedKey)
    {
        public string Version => NodeCertificate.VersionOf(AuthorityCertificate ?? "", AuthorityKey ?? "", SharedCertificate ?? "", SharedKey ?? "");
    }
}

/// <summary>Which Secret, and for whom.</summary>
/// <param name="Namespace">Where it is.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Host">Name or address by which this node is reached.</param>
/// <param name="Timeout">Most time for one call.</param>
public sealed record SecretPlace(string Namespace, string Name, string Host, TimeSpan Timeout);
