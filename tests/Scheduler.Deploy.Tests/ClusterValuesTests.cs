using k8s.Models;
using Scheduler.Cluster.Trust;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Deploy.Tests;

/// <summary>What makes several nodes one scheduler.</summary>
public sealed class ClusterValuesTests
{
    [HelmFact]
    public async Task EachNodeIsReachedUnderTheNameThatStandsAmongTheSeeds()
    {
        var rendered = await new Release(Release.Needed).RenderAsync();
        var options = Options(rendered);
        Assert.Equal(3, rendered.StatefulSet.Spec.Replicas);
        var seeds = options.ClusterSeeds.Split(',');
        Assert.Equal(Enumerable.Range(0, 3).Select(number => $"{HostOf(rendered, number)}:{Port(rendered, "remoting")}"), seeds);
        var labels = rendered.StatefulSet.Spec.Template.Metadata.Labels;
        Assert.All(options.ClusterPodSelector.Split(','), term => Assert.Equal(labels[term.Split('=')[0]], term.Split('=')[1]));
        var service = rendered.One<V1Service>().Spec;
        Assert.Equal(("None", true), (service.ClusterIP, service.PublishNotReadyAddresses));
    }

    [HelmFact]
    public async Task ASingleNodeHasNobodyToFind()
    {
        var rendered = await Cases.RenderAsync("one-node");
        Assert.Equal(("", "", ""), (Options(rendered).ClusterSeeds, Options(rendered).ClusterPodSelector, Options(rendered).ClusterHost));
        Assert.Empty(rendered.All<V1PodDisruptionBudget>());
    }

    [HelmFact]
    public async Task PortsFollowTheConfiguration()
    {
        var rendered = await Cases.RenderAsync("closed-ports");
        Assert.Equal(5000, Port(rendered, "remoting"));
        Assert.EndsWith(":5000", Options(rendered).ClusterSeeds, StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task OnlyNodesReachTheRemotingPort()
    {
        var rendered = await new Release(Release.Needed).RenderAsync();
        var policy = rendered.One<V1NetworkPolicy>().Spec;
        var remoting = Rule(policy, "remoting");
        Assert.Equal(policy.PodSelector.MatchLabels, Assert.Single(remoting.FromProperty).PodSelector.MatchLabels);
        Assert.Equal(["Ingress"], policy.PolicyTypes);
    }

    /// <summary>Health and limiter are for operators; numbers may be scraped from wherever Prometheus is.</summary>
    [HelmFact]
    public async Task OnlyNodesReachTheManagementPortAndEverybodyTheMetrics()
    {
        var policy = (await new Release(Release.Needed).RenderAsync()).One<V1NetworkPolicy>().Spec;
        Assert.Equal(policy.PodSelector.MatchLabels, Assert.Single(Rule(policy, "management").FromProperty).PodSelector.MatchLabels);
        Assert.Null(Rule(policy, "metrics").FromProperty);
    }

    [HelmFact]
    public async Task WhoIsNamedReachesTheManagementPortToo()
    {
        var policy = (await Cases.RenderAsync("closed-ports")).One<V1NetworkPolicy>().Spec;
        var allowed = Rule(policy, "management").FromProperty;
        Assert.Equal(2, allowed.Count);
        Assert.Contains(allowed, peer => peer.NamespaceSelector?.MatchLabels["kubernetes.io/metadata.name"] == "operators");
        Assert.Contains(allowed, peer => peer.PodSelector?.MatchLabels.ContainsKey("scheduler.buildkite.com/node") == true);
    }

    [HelmFact]
    public async Task NodesEndSlowerThanTheyHandOver()
    {
        var rendered = await new Release(Release.Needed).RenderAsync();
        Assert.True(rendered.StatefulSet.Spec.Template.Spec.TerminationGracePeriodSeconds > 40, "ControllerHost gives the hand-over 40 s");
    }

    [HelmFact]
    public async Task SeveralNodesProveThemselvesByAnAuthorityOfTheirOwnAndTheChartHoldsNoKey()
    {
        var rendered = await new Release(Release.Needed).RenderAsync();
        var options = Options(rendered);
        Assert.Equal((NodeTls.Secret, "ci-agent-stack-k8s-remoting-tls"), (options.NodeTls(), options.ClusterTlsSecret));
        Assert.Equal("buildkite", options.SchedulerNamespace);
        Assert.DoesNotContain(rendered.All<V1Secret>(), secret => secret.Metadata.Name == options.ClusterTlsSecret);
        var names = new PeerNames([options.ClusterTlsName]);
        Assert.All(Enumerable.Range(0, 3), number => Assert.True(names.Fits(HostOf(rendered, number))));
        Assert.False(names.Fits("another.buildkite.svc"));
    }

    /// <summary>Nothing is looked up, nothing is random: what Argo CD syncs again is what it synced before.</summary>
    [HelmFact]
    public async Task RenderedTwiceItIsTheSame()
    {
        var release = new Release(Release.Needed);
        Assert.Equal((await release.TemplateAsync()).Succeeded(), (await release.TemplateAsync()).Succeeded());
    }

    [HelmFact]
    public async Task WithoutTlsIsAnExplicitChoiceThatIsWarnedOf()
    {
        var configuration = (await Cases.RenderAsync("tls-none")).Configuration();
        Assert.Equal(NodeTls.None, configuration.Options!.NodeTls());
        Assert.Contains("can join the cluster", Assert.Single(configuration.Warnings).Problem, StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task ASingleNodeNeedsNoTls() => Assert.Equal(NodeTls.None, Options(await Cases.RenderAsync("one-node")).NodeTls());

    [HelmFact]
    public async Task AGivenCertificateIsMountedAndNoneIsMade()
    {
        var rendered = await Cases.RenderAsync("tls-given");
        var options = Options(rendered);
        Assert.DoesNotContain(rendered.All<V1Secret>(), secret => secret.Type == "kubernetes.io/tls");
        Assert.Equal("from-cert-manager", rendered.StatefulSet.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "remoting-tls").Secret.SecretName);
        Assert.Equal((NodeTls.Files, "*.example.test"), (options.NodeTls(), options.ClusterTlsName));
        var mount = rendered.Controller.VolumeMounts.Single(mount => mount.Name == "remoting-tls").MountPath;
        Assert.All(
            new[] { options.ClusterTlsCertFile, options.ClusterTlsKeyFile, options.ClusterTlsCaFile },
            file => Assert.Equal(mount, Path.GetDirectoryName(file)));
    }

    private static ControllerOptions Options(Rendered rendered) => rendered.Configuration().Options!;

    private static V1NetworkPolicyIngressRule Rule(V1NetworkPolicySpec policy, string port) =>
        policy.Ingress.Single(rule => rule.Ports.Any(item => item.Port.Value == port));

    private static int Port(Rendered rendered, string name) => rendered.Controller.Ports.Single(port => port.Name == name).ContainerPort;

    private static string HostOf(Rendered rendered, int number) =>
        Options(rendered).ClusterHost.Replace("$(POD_NAME)", $"{rendered.StatefulSet.Metadata.Name}-{number}", StringComparison.Ordinal);
}
