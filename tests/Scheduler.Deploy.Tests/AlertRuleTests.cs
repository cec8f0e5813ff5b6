using Scheduler.Deploy.Tests.Helm;

namespace Scheduler.Deploy.Tests;

/// <summary>The alerts as an object of the Prometheus operator.</summary>
public sealed class AlertRuleTests
{
    [HelmFact]
    public async Task TheChartDeliversThemWhereAndAsPrometheusLooksForThem()
    {
        var rule = Assert.Single((await Cases.RenderAsync("alerts")).Manifests, manifest => manifest.Kind == "PrometheusRule");
        Assert.Equal(("monitoring.coreos.com/v1", "monitoring"), (rule.ApiVersion, rule.Head.Metadata.NamespaceProperty));
        Assert.Equal(
            new Dictionary<string, string> { ["app"] = "ci-agent-stack-k8s", ["release"] = "prometheus" }, rule.Head.Metadata.Labels);
        Assert.Equal(Alerts(await File.ReadAllLinesAsync(DeployFolder.Alerts)), Alerts(rule.Yaml.Split('\n')));
    }

    private static IEnumerable<string> Alerts(IEnumerable<string> lines) =>
        lines.Select(line => line.Trim()).Where(line => line.StartsWith("- alert:", StringComparison.Ordinal));
}
