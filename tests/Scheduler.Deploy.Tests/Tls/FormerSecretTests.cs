using k8s;
using k8s.Models;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Testing.Envtest;

namespace Scheduler.Deploy.Tests.Tls;

/// <summary>What <c>helm upgrade</c> does to the Secret for TLS on a real API server.</summary>
public sealed class FormerSecretTests
{
    private const string Name = "ci-agent-stack-k8s-remoting-tls";
    private const string Namespace = "buildkite";

    /// <summary>Of kinds that old servers have too.</summary>
    private const string Values = "{agentToken: bkct_test, image: 'registry.test/scheduler:1.2.3', podDisruptionBudget: {enabled: false}}";

    /// <summary>What former versions of the chart rendered, with something simple in the place of keys.</summary>
    private const string FormerTemplate =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: ci-agent-stack-k8s-remoting-tls, namespace: buildkite}
        type: kubernetes.io/tls
        stringData: {tls.crt: certificate, tls.key: key, ca.crt: authority}
        """;

    [HelmAndApiServerFact]
    public async Task TheSecretOfAFormerChartOutlivesUpgradesWithWhatItHolds()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var plane = await ControlPlane.StartAsync(withJobController: false, deadline.Token);
        using var admin = new k8s.Kubernetes(plane.ClientConfiguration());
        var (former, present) = (await ChartAsync(deadline.Token), await ChartAsync(deadline.Token));
        await File.WriteAllTextAsync(Path.Combine(former, "templates", "remoting-tls.yaml"), FormerTemplate, deadline.Token);

        await HelmAsync(plane, "install", former, "--create-namespace");
        var made = await ReadAsync();
        await HelmAsync(plane, "upgrade", present);
        await HelmAsync(plane, "upgrade", present);

        var kept = await ReadAsync();
        Assert.Equal((made.Uid(), Convert.ToHexString(made.Data["tls.key"])), (kept.Uid(), Convert.ToHexString(kept.Data["tls.key"])));

        Task<V1Secret> ReadAsync() => admin.CoreV1.ReadNamespacedSecretAsync(Name, Namespace, cancellationToken: deadline.Token);
    }

    [HelmAndApiServerFact]
    public async Task TheSecretThatTheNodesHaveMadeIsNotTouched()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var plane = await ControlPlane.StartAsync(withJobController: false, deadline.Token);
        using var admin = new k8s.Kubernetes(plane.ClientConfiguration());
        var chart = await ChartAsync(deadline.Token);
        await HelmAsync(plane, "install", chart, "--create-namespace");
        var made = await admin.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret { Metadata = new V1ObjectMeta { Name = Name }, StringData = new Dictionary<string, string> { ["ca.key"] = "key" } },
            Namespace,
            cancellationToken: deadline.Token);

        await HelmAsync(plane, "upgrade", chart);
        (await HelmProgram.RunAsync("", "uninstall", "ci", "--namespace", Namespace, "--kubeconfig", plane.Kubeconfig)).Succeeded();

        var kept = await admin.CoreV1.ReadNamespacedSecretAsync(Name, Namespace, cancellationToken: deadline.Token);
        Assert.Equal((made.Uid(), made.ResourceVersion()), (kept.Uid(), kept.ResourceVersion()));
    }

    /// <summary>A copy of the chart that Helm installs on servers of any version; the tests' own may be older than the chart asks for.</summary>
    private static async Task<string> ChartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("chart-").FullName;
        (await Programs.RunAsync("cp", "", "-rL", $"{DeployFolder.Chart}/.", folder)).Succeeded();
        var file = Path.Combine(folder, "Chart.yaml");
        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        await File.WriteAllLinesAsync(file, lines.Where(line => !line.StartsWith("kubeVersion:", StringComparison.Ordinal)), cancellationToken);
        return folder;
    }

    private static async Task HelmAsync(ControlPlane plane, string verb, string chart, params string[] more) => (await HelmProgram.RunAsync(
        Values, [verb, "ci", chart, "--namespace", Namespace, "--values", "-", "--kubeconfig", plane.Kubeconfig, .. more])).Succeeded();
}
