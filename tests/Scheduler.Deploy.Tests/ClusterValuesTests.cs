using k8s.Models;
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
        var remoting = policy.Ingress.Single(rule => rule.Ports.Any(port => port.Port.Value == "remoting"));
        Assert.Equal(policy.PodSelector.MatchLabels, Assert.Single(remoting.FromProperty).PodSelector.MatchLabels);
        Assert.Equal(["Ingress"], policy.PolicyTypes);
    }

    [HelmFact]
    public async Task NodesEndSlowerThanTheyHandOver()
    {
        var rendered = await new Release(Release.Needed).RenderAsync();
        Assert.True(rendered.StatefulSet.Spec.Template.Spec.TerminationGracePeriodSeconds > 40, "ControllerHost gives the hand-over 40 s");
    }

    [HelmFact]
    public async Task TheChartMakesCertificatesThatTheNodesTrust()
    {
        var rendered = await Cases.RenderAsync("tls");
        var secret = rendered.One<V1Secret>(item => item.Type == "kubernetes.io/tls");
        var folder = Directory.CreateTempSubdirectory("chart-tls-").FullName;
        foreach (var (name, content) in secret.Data)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
        }

        var options = Options(rendered);
        var mount = rendered.Controller.VolumeMounts.Single(mount => mount.Name == "remoting-tls").MountPath;
        string Local(string path) => Path.Combine(folder, Path.GetRelativePath(mount, path));
        var certificate = Scheduler.Cluster.Hosting.NodeCertificate.Load(
            Local(options.ClusterTlsCertFile), Local(options.ClusterTlsKeyFile), Local(options.ClusterTlsCaFile));
        Assert.True(certificate.Trusts(certificate.Own));
        Directory.Delete(folder, recursive: true);
    }

    [HelmFact]
    public async Task AGivenCertificateIsMountedAndNoneIsMade()
    {
        var rendered = await Cases.RenderAsync("tls-given");
        Assert.DoesNotContain(rendered.All<V1Secret>(), secret => secret.Type == "kubernetes.io/tls");
        Assert.Equal("from-cert-manager", rendered.StatefulSet.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "remoting-tls").Secret.SecretName);
    }

    private static ControllerOptions Options(Rendered rendered) => rendered.Configuration().Options!;

    private static int Port(Rendered rendered, string name) => rendered.Controller.Ports.Single(port => port.Name == name).ContainerPort;

    private static string HostOf(Rendered rendered, int number) =>
        Options(rendered).ClusterHost.Replace("$(POD_NAME)", $"{rendered.StatefulSet.Metadata.Name}-{number}", StringComparison.Ordinal);
}
