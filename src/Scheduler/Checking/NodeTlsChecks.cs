using k8s;
using Scheduler.Cluster.Trust;
using Scheduler.Kubernetes.Options;
using Scheduler.Running;

namespace Scheduler.Checking;

/// <summary>Whether the nodes will believe each other, and until when. Makes nothing.</summary>
/// <param name="options">The configuration.</param>
/// <param name="limit">Most time for reading what there is.</param>
/// <param name="inPod">The files of a node must be here. Elsewhere they may be missing, and are said to be unchecked then.</param>
/// <param name="findings">Gets the findings.</param>
internal sealed class NodeTlsChecks(ControllerOptions options, TimeSpan limit, bool inPod, CheckFindings findings)
{
    private const string What = "tls between nodes";
    private const string FilesRemedy = "see cluster-tls-cert-file, cluster-tls-key-file, cluster-tls-ca-file and cluster-tls-name";

    /// <param name="client">Null = Kubernetes cannot be asked.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task RunAsync(IKubernetes? client, CancellationToken cancellationToken)
    {
        switch (options.NodeTls())
        {
            case NodeTls.None when options.MayHavePeers():
                // Warned of with the configuration.
                return;
            case NodeTls.None:
                findings.Ok(What, "not needed: a single node, which only this machine reaches");
                return;
            case NodeTls.Secret when client is null:
                findings.Warn(What, "unchecked, since Kubernetes cannot be asked");
                return;
            case NodeTls.Files when !inPod && Files.FirstOrDefault(file => !File.Exists(file)) is { } missing:
                findings.Warn(What, $"unchecked: {missing} is not on this machine", "nothing to do if the Secret is mounted there in the pods");
                return;
            default:
                // Files are read without Kubernetes.
                await LookAsync(NodeTrust.Source(options, ClusterWiring.Address(options), client!, TimeProvider.System)!, cancellationToken);
                return;
        }
    }

    private string[] Files => [options.ClusterTlsCertFile, options.ClusterTlsKeyFile, options.ClusterTlsCaFile];

    private async Task LookAsync(ICertificateSource source, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(limit);
            if (await source.FindAsync(patience.Token) is not { } certificate)
            {
                findings.Ok(What, $"{source.Place} does not exist yet; the first node makes it");
                return;
            }

            var finding = FormattableString.Invariant($"{source.Place}: good until {certificate.GoodUntil:u}");
            if (certificate.EndsSoon)
            {
                findings.Warn(
                    What,
                    finding,
                    options.NodeTls() == NodeTls.Files ? "renew the certificate; nodes that run take the new files by themselves" : "delete the secret; the nodes make a new one");
            }
            else
            {
                findings.Ok(What, finding);
            }
        }
        catch (InvalidOperationException error)
        {
            findings.Fail(What, error.Message, options.NodeTls() == NodeTls.Files ? FilesRemedy : "see cluster-tls-secret");
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Fail(What, error.Message, "without a certificate no node starts; see the permissions for secrets");
        }
    }
}
