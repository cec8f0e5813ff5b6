using System.Text;
using k8s.Models;
using Scheduler.Deploy.Tests.Helm;

namespace Scheduler.Deploy.Tests;

/// <summary>An operator of the original upgrades with the values at hand: helm-and-rbac.md, section by section.</summary>
public sealed class OriginalValuesTests
{
    [HelmTheory]
    [InlineData("ci", null, null, "ci-agent-stack-k8s")]
    [InlineData("agent-stack-k8s", null, null, "agent-stack-k8s")]
    [InlineData("my-agent-stack-k8s-2", null, null, "my-agent-stack-k8s-2")]
    [InlineData("ci", "stack", null, "ci-stack")]
    [InlineData("ci-stack", "stack", null, "ci-stack")]
    [InlineData("ci", null, "whole", "whole")]
    [InlineData("a-release-with-a-name-that-is-fifty-characters-long", null, null, "a-release-with-a-name-that-is-fifty-characters-long-agent-stack")]
    public async Task ObjectsAreCalledAsBefore(string release, string? name, string? fullName, string expected)
    {
        var values = $"agentToken: t\nimage: i\nnameOverride: '{name}'\nfullnameOverride: '{fullName}'";
        var rendered = await new Release(values) { Name = release }.RenderAsync();
        Assert.Equal($"{expected}-secrets", rendered.One<V1Secret>().Name());
        Assert.Equal($"{expected}-config", rendered.One<V1ConfigMap>().Name());
        Assert.Equal($"{expected}-controller", rendered.One<V1ServiceAccount>().Name());
        Assert.Contains(rendered.All<V1Role>(), role => role.Name() == $"{expected}-controller");
        Assert.Contains(rendered.All<V1RoleBinding>(), binding => binding.Name() == expected && binding.RoleRef.Name == $"{expected}-controller");
        Assert.Equal(expected, rendered.StatefulSet.Spec.Template.Metadata.Labels["app"]);
        Assert.Equal(expected, rendered.Configuration().Options?.Id);
        Assert.All(rendered.Manifests, manifest => Assert.Equal("buildkite", manifest.Head.Namespace()));
    }

    /// <summary>Names and label values that Kubernetes would refuse for a StatefulSet, its pods or a Service.</summary>
    [HelmTheory]
    [InlineData("1st.agent-stack-k8s")]
    [InlineData("a-release-with-a-name-that-is-fifty-characters-long")]
    public async Task NodesGetNamesThatAreValidEverywhere(string release)
    {
        var nodes = (await new Release("{agentToken: t, image: i, config: {id: ci}}") { Name = release }.RenderAsync()).StatefulSet;
        Assert.InRange(nodes.Name().Length, 1, 52);
        Assert.Matches("^[a-z]([-a-z0-9]*[a-z0-9])?$", nodes.Name());
        Assert.Matches("^[a-z]([-a-z0-9]*[a-z0-9])?$", nodes.Spec.ServiceName);
    }

    [HelmFact]
    public async Task ADefaultInstallationIsWhatItWasButForTheCompatibilityTable()
    {
        var rendered = await Cases.RenderAsync("original-defaults");
        Assert.Equal(
            ["ConfigMap", "NetworkPolicy", "PodDisruptionBudget", "Role", "Role", "RoleBinding", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet"],
            rendered.Manifests.Select(manifest => manifest.Kind).Order(StringComparer.Ordinal));
        Assert.Equal("bkct_test", Encoding.UTF8.GetString(rendered.One<V1Secret>().Data["BUILDKITE_AGENT_TOKEN"]));
        Assert.DoesNotContain("BUILDKITE_TOKEN", rendered.One<V1Secret>().Data.Keys);
        var pod = rendered.StatefulSet.Spec.Template;
        Assert.Superset(new HashSet<string> { "checksum/config", "checksum/secrets" }, pod.Metadata.Annotations.Keys.ToHashSet());
        Assert.Equal("ci-agent-stack-k8s-controller", pod.Spec.ServiceAccountName);
        var controller = rendered.Controller;
        Assert.Equal(("controller", "registry.test/scheduler:1.2.3"), (controller.Name, controller.Image));
        Assert.Equal("FallbackToLogsOnError", controller.TerminationMessagePolicy);
        Assert.Equal("/etc/config.yaml", controller.Env.Single(variable => variable.Name == "CONFIG").Value);
        Assert.Null(controller.EnvFrom);
        Assert.Equal(9216, controller.Ports.Single(port => port.Name == "metrics").ContainerPort);
        Assert.Equal(("100m", "100Mi"), (controller.Resources.Requests["cpu"].ToString(), controller.Resources.Requests["memory"].ToString()));
        var options = rendered.Configuration().Options!;
        Assert.Equal(("ci-agent-stack-k8s-secrets", "buildkite"), (options.AgentTokenSecret, options.Namespace));
        Assert.Equal((9216, 900, TimeSpan.FromMinutes(15)), (options.PrometheusPort, options.ReservationExpirySeconds, options.PodPendingTimeout));
    }

    [HelmFact]
    public async Task EveryValueGoesWhereItWent()
    {
        var rendered = await Cases.RenderAsync("original-everything");
        Assert.Equal("obsolete", Encoding.UTF8.GetString(rendered.One<V1Secret>().Data["BUILDKITE_TOKEN"]));
        Assert.Equal(("yes", "platform"), (rendered.One<V1Secret>().Annotations()["replicate"], rendered.One<V1Secret>().Labels()["team"]));
        Assert.All(
            [rendered.One<V1ServiceAccount>(), .. rendered.All<V1Role>().Cast<IMetadata<V1ObjectMeta>>()],
            item => Assert.Equal("arn:aws:iam::1:role/ci", item.Metadata.Annotations["eks.amazonaws.com/role-arn"]));
        Assert.All(rendered.All<V1RoleBinding>(), binding => Assert.Null(binding.Metadata.Annotations));
        var pod = rendered.StatefulSet.Spec.Template;
        Assert.Equal(("platform", "ci"), (pod.Metadata.Labels["team"], pod.Metadata.Labels["app.kubernetes.io/component"]));
        Assert.Equal("true", pod.Metadata.Annotations["prometheus.io/scrape"]);
        Assert.Null(rendered.StatefulSet.Metadata.Labels);
        Assert.Equal("linux", pod.Spec.NodeSelector["kubernetes.io/os"]);
        Assert.Equal("dedicated", Assert.Single(pod.Spec.Tolerations).Key);
        Assert.Equal(["HTTPS_PROXY", "BUILDKITE_K8S_STACK_CONTROLLER_ID"], rendered.Controller.Env.TakeLast(2).Select(variable => variable.Name));
        Assert.Equal("1Gi", rendered.Controller.Resources.Limits["memory"].ToString());
        var options = rendered.Configuration().Options!;
        Assert.Equal((100, 1_000_000, 9300), (options.MaxInFlight, options.WorkQueueLimit, options.PrometheusPort));
        Assert.Equal(["queue=linux", "arch=arm64"], options.Tags.AsEnumerable());
        var monitor = Assert.Single(rendered.Manifests, manifest => manifest.Kind == "PodMonitor");
        Assert.Equal(("ci-agent-stack-k8s-podmonitor", "monitoring"), (monitor.Head.Name(), monitor.Head.Namespace()));
        Assert.Contains("interval: 15s", monitor.Yaml, StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task TheUsersOwnIdNamespaceAndSecretWin()
    {
        var rendered = await new Release(
            """
            agentToken: t
            image: i
            config: {id: mine, namespace: jobs, agent-token-secret: theirs}
            """).RenderAsync();
        var options = rendered.Configuration().Options!;
        Assert.Equal(("mine", "jobs", "theirs"), (options.Id, options.Namespace, options.AgentTokenSecret));
        var jobs = rendered.One<V1Role>(role => role.Name().EndsWith("-jobs", StringComparison.Ordinal));
        Assert.Equal(["theirs"], jobs.Rules.Single(rule => rule.Resources.Contains("secrets")).ResourceNames);
    }

    [HelmFact]
    public async Task PodsRollWhenConfigurationOrTokenChanges()
    {
        var first = (await new Release(Release.Needed).RenderAsync()).StatefulSet.Spec.Template.Metadata.Annotations;
        var config = (await new Release("{agentToken: bkct_test, image: i, config: {max-in-flight: 7}}").RenderAsync()).StatefulSet.Spec.Template.Metadata.Annotations;
        var token = (await new Release("{agentToken: other, image: i}").RenderAsync()).StatefulSet.Spec.Template.Metadata.Annotations;
        Assert.NotEqual(first["checksum/config"], config["checksum/config"]);
        Assert.Equal(first["checksum/config"], token["checksum/config"]);
        Assert.NotEqual(first["checksum/secrets"], token["checksum/secrets"]);
    }

    [HelmFact]
    public async Task ADashboardIsDeliveredWhereGrafanaLooks()
    {
        var rendered = await Cases.RenderAsync("dashboard");
        var map = rendered.One<V1ConfigMap>(item => item.Name() == "ci-agent-stack-k8s-grafana-dashboard");
        Assert.Equal("1", map.Labels()["grafana_dashboard"]);
        Assert.All(map.Data.Values, json => Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(json)));
    }
}
