using System.Security.Cryptography;
using k8s;
using Scheduler.Testing.Networking;

namespace Scheduler.Testing.Envtest;

/// <summary>
/// A real etcd and kube-apiserver, with the Job controller if asked for, on free ports and in a folder of their own. There is
/// no kubelet: whoever needs pods to run starts the sandbox's.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private const string Token = "envtest-admin-token";
    private const string Etcd = "etcd";
    private const string ApiServer = "kube-apiserver";
    private const string Controllers = "kube-controller-manager";
    private const string AuditPolicy =
        """{"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"], "rules": [{"level": "Metadata"}]}""";
    private static readonly string[] StoreAsJson = ["--storage-media-type=application/json"];
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, ChildProcess> _processes = [];
    private readonly Dictionary<string, string[]> _arguments = [];
    private readonly string _assets;
    private readonly ControlPlaneOptions _options;

    private ControlPlane(string assets, ControlPlaneOptions options, int storePort, int port)
    {
        (_assets, _options) = (assets, options);
        Store = new Uri($"http://127.0.0.1:{storePort}");
        Endpoint = new Uri($"https://{options.Address}:{port}");
    }

    /// <summary>Whether etcd and kube-apiserver are on this machine; if not, <see cref="EnvtestAssets.HowToGet"/> says what to do.</summary>
    public static bool IsAvailable => EnvtestAssets.Folder is not null;

    /// <summary>Everything this control plane writes.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("envtest-").FullName;

    public Uri Endpoint { get; }

    /// <summary>Where etcd answers, on the loopback address.</summary>
    public Uri Store { get; }

    public string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    /// <summary>One JSON event a line, for each answered request; only there if asked for at the start.</summary>
    public string AuditLog => Path.Combine(Folder, "audit.log");

    /// <inheritdoc cref="StartAsync(ControlPlaneOptions, CancellationToken)"/>
    public static Task<ControlPlane> StartAsync(bool withJobController, CancellationToken cancellationToken) =>
        StartAsync(new ControlPlaneOptions { WithJobController = withJobController }, cancellationToken);

    /// <inheritdoc cref="StartAsync(ControlPlaneOptions, CancellationToken)"/>
    public static Task<ControlPlane> StartAsync(bool withJobController, bool withAuditLog, CancellationToken cancellationToken) =>
        StartAsync(new ControlPlaneOptions { WithJobController = withJobController, WithAuditLog = withAuditLog }, cancellationToken);

    /// <summary>Starts all programs; returns once the API server answers.</summary>
    /// <exception cref="InvalidOperationException">The programs are missing or did not come up; the message says where they log.</exception>
    public static async Task<ControlPlane> StartAsync(ControlPlaneOptions options, CancellationToken cancellationToken)
    {
        var assets = EnvtestAssets.Folder ?? throw new InvalidOperationException(EnvtestAssets.HowToGet);
        var ports = FreePorts.Take(3);
        var plane = new ControlPlane(assets, options, ports[0], ports[2]);
        try
        {
            await plane.StartEtcdAsync(ports[1], cancellationToken);
            await plane.StartApiServerAsync(cancellationToken);
            await plane.WaitUntilReadyAsync(cancellationToken);
            if (options.WithJobController)
            {
                await plane.StartControllersAsync(cancellationToken);
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

    /// <summary>Freezes the API server (SIGSTOP): connections stay, nothing answers.</summary>
    public Task PauseApiServerAsync(CancellationToken cancellationToken) => _processes[ApiServer].PauseAsync(cancellationToken);

    /// <summary>Ends <see cref="PauseApiServerAsync"/>.</summary>
    public Task ResumeApiServerAsync(CancellationToken cancellationToken) => _processes[ApiServer].ResumeAsync(cancellationToken);

    /// <summary>Freezes the store behind the API server: it still answers, but can neither read nor write.</summary>
    public Task PauseStoreAsync(CancellationToken cancellationToken) => _processes[Etcd].PauseAsync(cancellationToken);

    /// <summary>Ends <see cref="PauseStoreAsync"/>.</summary>
    public Task ResumeStoreAsync(CancellationToken cancellationToken) => _processes[Etcd].ResumeAsync(cancellationToken);

    /// <summary>Kills the API server and starts it again at the same address; returns once it answers. The store keeps everything.</summary>
    public async Task RestartApiServerAsync(CancellationToken cancellationToken)
    {
        await _processes[ApiServer].DisposeAsync();
        await StartAsync(ApiServer, cancellationToken, _arguments[ApiServer]);
        await WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>Kills everything. <see cref="Folder"/> stays: its logs may be wanted.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values.Reverse())
        {
            await process.DisposeAsync();
        }
    }

    private Task StartEtcdAsync(int peerPort, CancellationToken cancellationToken) => StartAsync(
        Etcd,
        cancellationToken,
        $"--data-dir={Path.Combine(Folder, "etcd")}",
        $"--listen-client-urls={Store.GetLeftPart(UriPartial.Authority)}",
        $"--advertise-client-urls={Store.GetLeftPart(UriPartial.Authority)}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        "--unsafe-no-fsync");

    private async Task StartApiServerAsync(CancellationToken cancellationToken)
    {
        var policy = Path.Combine(Folder, "audit-policy.yaml");
        await File.WriteAllTextAsync(policy, AuditPolicy, cancellationToken);
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(Path.Combine(Folder, "sa.key"), key.ExportRSAPrivateKeyPem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "sa.pub"), key.ExportSubjectPublicKeyInfoPem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "tokens.csv"), $"{Token},admin,admin,\"system:masters\"\n", cancellationToken);
        await File.WriteAllTextAsync(Kubeconfig, Config(), cancellationToken);
        await StartAsync(
            ApiServer,
            cancellationToken,
            [
                $"--etcd-servers={Store.GetLeftPart(UriPartial.Authority)}",
                $"--cert-dir={Path.Combine(Folder, "certs")}",
                $"--secure-port={Endpoint.Port}",
                $"--bind-address={_options.Address}",
                $"--token-auth-file={Path.Combine(Folder, "tokens.csv")}",
                "--authorization-mode=RBAC",
                $"--service-account-key-file={Path.Combine(Folder, "sa.pub")}",
                $"--service-account-signing-key-file={Path.Combine(Folder, "sa.key")}",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--disable-admission-plugins=ServiceAccount",
                "--allow-privileged=true",
                EnvtestAssets.FeatureGates,
                .. _options.WithAuditLog ? new[] { $"--audit-policy-file={policy}", $"--audit-log-path={AuditLog}" } : [],
                .. _options.WithReadableStore ? StoreAsJson : [],
            ]);
    }

    private Task StartControllersAsync(CancellationToken cancellationToken) => StartAsync(
        Controllers,
        cancellationToken,
        $"--master={Endpoint.GetLeftPart(UriPartial.Authority)}",
        $"--kubeconfig={Kubeconfig}",
        "--controllers=job,ttl-after-finished,garbagecollector",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--leader-elect=false",
        "--port=0",
        "--secure-port=0",
        EnvtestAssets.FeatureGates);

    private async Task StartAsync(string program, CancellationToken cancellationToken, params string[] arguments)
    {
        _arguments[program] = arguments;
        _processes[program] = await ChildProcess.StartAsync(
            Path.Combine(_assets, program), Path.Combine(Folder, program + ".log"), arguments, cancellationToken);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        using var client = new k8s.Kubernetes(ClientConfiguration());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await IsReadyAsync(client, timeout.Token))
        {
            if (_processes.FirstOrDefault(process => process.Value.HasExited) is { Key: { } ended })
            {
                throw new InvalidOperationException($"{ended} ended by itself; see {Path.Combine(Folder, ended + ".log")}");
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
}
