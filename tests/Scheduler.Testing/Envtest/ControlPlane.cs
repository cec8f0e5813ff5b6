using System.Collections.Immutable;
using System.Globalization;
using System.Net;
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
    private readonly string _assets;
    private readonly ControlPlaneOptions _options;

    private ControlPlane(string assets, ControlPlaneOptions options, int storePort, IEnumerable<int> ports)
    {
        (_assets, _options) = (assets, options);
        Store = new Uri($"http://127.0.0.1:{storePort}");
        Endpoints = [.. ports.Select(port => new IPEndPoint(options.Address, port))];
    }

    /// <summary>Whether etcd and kube-apiserver are on this machine; if not, <see cref="EnvtestAssets.HowToGet"/> says what to do.</summary>
    public static bool IsAvailable => EnvtestAssets.Folder is not null;

    /// <summary>Everything this control plane writes.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("envtest-").FullName;

    /// <summary>Where the first API server answers.</summary>
    public Uri Endpoint => Address(Endpoints[0]);

    /// <summary>Where the API servers answer.</summary>
    public ImmutableArray<IPEndPoint> Endpoints { get; }

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
        var ports = FreePorts.Take(2 + options.ApiServers);
        var plane = new ControlPlane(assets, options, ports[0], ports[2..]);
        try
        {
            await plane.StartEtcdAsync(ports[1], cancellationToken);
            await plane.PrepareAsync(cancellationToken);
            for (var server = 0; server < options.ApiServers; server++)
            {
                await plane.StartApiServerAsync(server, cancellationToken);
                await plane.WaitUntilReadyAsync(server, cancellationToken);
            }

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

    /// <summary>Writes a kubeconfig of the administrator for another way to an API server, such as a relay; returns its path.</summary>
    public async Task<string> WriteKubeconfigAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"kubeconfig-{server.Port}"));
        await File.WriteAllTextAsync(path, Config(Address(server)), cancellationToken);
        return path;
    }

    /// <inheritdoc cref="PauseApiServerAsync(int, CancellationToken)"/>
    public Task PauseApiServerAsync(CancellationToken cancellationToken) => PauseApiServerAsync(0, cancellationToken);

    /// <summary>Freezes an API server (SIGSTOP): connections stay, nothing answers.</summary>
    public Task PauseApiServerAsync(int server, CancellationToken cancellationToken) => _processes[ApiServerName(server)].PauseAsync(cancellationToken);

    /// <inheritdoc cref="ResumeApiServerAsync(int, CancellationToken)"/>
    public Task ResumeApiServerAsync(CancellationToken cancellationToken) => ResumeApiServerAsync(0, cancellationToken);

    /// <summary>Ends <see cref="PauseApiServerAsync(int, CancellationToken)"/>.</summary>
    public Task ResumeApiServerAsync(int server, CancellationToken cancellationToken) => _processes[ApiServerName(server)].ResumeAsync(cancellationToken);

    /// <summary>Freezes the store behind the API server: it still answers, but can neither read nor write.</summary>
    public Task PauseStoreAsync(CancellationToken cancellationToken) => _processes[Etcd].PauseAsync(cancellationToken);

    /// <summary>Ends <see cref="PauseStoreAsync"/>.</summary>
    public Task ResumeStoreAsync(CancellationToken cancellationToken) => _processes[Etcd].ResumeAsync(cancellationToken);

    /// <inheritdoc cref="RestartApiServerAsync(int, CancellationToken)"/>
    public Task RestartApiServerAsync(CancellationToken cancellationToken) => RestartApiServerAsync(0, cancellationToken);

    /// <summary>Kills an API server and starts it again at the same address; returns once it answers. The store keeps everything.</summary>
    public async Task RestartApiServerAsync(int server, CancellationToken cancellationToken)
    {
        await _processes[ApiServerName(server)].DisposeAsync();
        await StartApiServerAsync(server, cancellationToken);
        await WaitUntilReadyAsync(server, cancellationToken);
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
        Etcd,
        cancellationToken,
        $"--data-dir={Path.Combine(Folder, "etcd")}",
        $"--listen-client-urls={Store.GetLeftPart(UriPartial.Authority)}",
        $"--advertise-client-urls={Store.GetLeftPart(UriPartial.Authority)}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        "--unsafe-no-fsync");

    /// <summary>What all API servers share.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(AuditPolicyFile, AuditPolicy, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "sa.key"), key.ExportRSAPrivateKeyPem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "sa.pub"), key.ExportSubjectPublicKeyInfoPem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "tokens.csv"), $"{Token},admin,admin,\"system:masters\"\n", cancellationToken);
        await File.WriteAllTextAsync(Kubeconfig, Config(Endpoint), cancellationToken);
    }

    private Task StartApiServerAsync(int server, CancellationToken cancellationToken) => StartAsync(
        ApiServer,
        ApiServerName(server),
        cancellationToken,
        [
            $"--etcd-servers={Store.GetLeftPart(UriPartial.Authority)}",
            $"--cert-dir={Path.Combine(Folder, "certs-" + ApiServerName(server))}",
            $"--secure-port={Endpoints[server].Port}",
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
            .. _options.WithAuditLog ? new[] { $"--audit-policy-file={AuditPolicyFile}", $"--audit-log-path={AuditLog}" } : [],
            .. _options.WithReadableStore ? StoreAsJson : [],
        ]);

    private Task StartControllersAsync(CancellationToken cancellationToken) => StartAsync(
        Controllers,
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

    private async Task StartAsync(string program, string name, CancellationToken cancellationToken, params string[] arguments) =>
        _processes[name] = await ChildProcess.StartAsync(
            Path.Combine(_assets, program), Path.Combine(Folder, name + ".log"), arguments, cancellationToken);

    private async Task WaitUntilReadyAsync(int server, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        var configuration = ClientConfiguration();
        configuration.Host = Address(Endpoints[server]).AbsoluteUri;
        using var client = new k8s.Kubernetes(configuration);
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

    private string AuditPolicyFile => Path.Combine(Folder, "audit-policy.yaml");

    private static string ApiServerName(int server) =>
        server == 0 ? ApiServer : string.Create(CultureInfo.InvariantCulture, $"{ApiServer}-{server}");

    private static Uri Address(IPEndPoint server) => new($"https://{server}");

    private static string Config(Uri server) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: envtest
        clusters: [{name: envtest, cluster: {server: "{{{server.AbsoluteUri.TrimEnd('/')}}}", insecure-skip-tls-verify: true}}]
        contexts: [{name: envtest, context: {cluster: envtest, user: admin, namespace: default}}]
        users: [{name: admin, user: {token: "{{{Token}}}"}}]
        """;
}
