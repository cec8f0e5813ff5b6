using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using k8s;

namespace Scheduler.Testing.Envtest;

/// <summary>
/// A real etcd and kube-apiserver, with the Job controller if asked for, on free ports and in a folder of their own. There is
/// no kubelet: whoever needs pods to run starts the sandbox's.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private const string Token = "envtest-admin-token";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly List<ChildProcess> _processes = [];

    private ControlPlane(string folder, int port) => (Folder, Endpoint) = (folder, new Uri($"https://127.0.0.1:{port}"));

    /// <summary>Everything this control plane writes.</summary>
    public string Folder { get; }

    public Uri Endpoint { get; }

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    /// <param name="withJobController">Also start the controllers that make pods of Jobs and clean up.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">The programs are missing or did not come up; the message says where they log.</exception>
    public static async Task<ControlPlane> StartAsync(bool withJobController, CancellationToken cancellationToken)
    {
        var assets = EnvtestAssets.Folder ?? throw new InvalidOperationException(EnvtestAssets.HowToGet);
        var ports = FreePorts(3);
        var plane = new ControlPlane(Directory.CreateTempSubdirectory("envtest-").FullName, ports[2]);
        try
        {
            plane.StartEtcd(assets, ports[0], ports[1]);
            plane.StartApiServer(assets, ports[0], ports[2]);
            await plane.WaitUntilReadyAsync(cancellationToken);
            if (withJobController)
            {
                plane.StartControllers(assets, ports[2]);
            }

            return plane;
        }
        catch
        {
            await plane.DisposeAsync();
            throw;
        }
    }

    /// <summary>How a client of KubernetesClient connects as administrator.</summary>
    public KubernetesClientConfiguration ClientConfiguration() => KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }
    }

    private void StartEtcd(string assets, int clientPort, int peerPort) => Start(
        assets,
        "etcd",
        $"--data-dir={Path.Combine(Folder, "etcd")}",
        $"--listen-client-urls=http://127.0.0.1:{clientPort}",
        $"--advertise-client-urls=http://127.0.0.1:{clientPort}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        "--unsafe-no-fsync");

    private void StartApiServer(string assets, int etcdPort, int port)
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(Path.Combine(Folder, "sa.key"), key.ExportRSAPrivateKeyPem());
        File.WriteAllText(Path.Combine(Folder, "sa.pub"), key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(Folder, "tokens.csv"), $"{Token},admin,admin,\"system:masters\"\n");
        File.WriteAllText(Kubeconfig, Config());
        Start(
            assets,
            "kube-apiserver",
            $"--etcd-servers=http://127.0.0.1:{etcdPort}",
            $"--cert-dir={Path.Combine(Folder, "certs")}",
            $"--secure-port={port}",
            "--bind-address=127.0.0.1",
            $"--token-auth-file={Path.Combine(Folder, "tokens.csv")}",
            "--authorization-mode=RBAC",
            $"--service-account-key-file={Path.Combine(Folder, "sa.pub")}",
            $"--service-account-signing-key-file={Path.Combine(Folder, "sa.key")}",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--disable-admission-plugins=ServiceAccount",
            "--feature-gates=TTLAfterFinished=true");
    }

    private void StartControllers(string assets, int port) => Start(
        assets,
        "kube-controller-manager",
        $"--master=https://127.0.0.1:{port}",
        $"--kubeconfig={Kubeconfig}",
        "--controllers=job,ttl-after-finished,garbagecollector",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--leader-elect=false",
        "--port=0",
        "--secure-port=0",
        "--feature-gates=TTLAfterFinished=true");

    private void Start(string assets, string program, params string[] arguments) =>
        _processes.Add(ChildProcess.Start(Path.Combine(assets, program), Path.Combine(Folder, program + ".log"), arguments));

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        using var client = new k8s.Kubernetes(ClientConfiguration());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await IsReadyAsync(client, timeout.Token))
        {
            if (_processes.Any(process => process.HasExited))
            {
                throw new InvalidOperationException($"the control plane ended at once; see {Folder}");
            }

            await timer.WaitForNextTickAsync(timeout.Token);
        }
    }

    private static async Task<bool> IsReadyAsync(k8s.Kubernetes client, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.ReadNamespaceAsync("default", cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or k8s.Autorest.HttpOperationException)
        {
            return false;
        }
    }

    private string Config() => $$$"""
        apiVersion: v1
        kind: Config
        current-context: envtest
        clusters: [{name: envtest, cluster: {server: "{{{Endpoint.AbsoluteUri.TrimEnd('/')}}}", insecure-skip-tls-verify: true}}]
        contexts: [{name: envtest, context: {cluster: envtest, user: admin, namespace: default}}]
        users: [{name: admin, user: {token: "{{{Token}}}"}}]
        """;

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
        {
            listener.Start();
        }

        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }
}
