using System.Text;
using k8s.Models;
using Scheduler.Deploy.Tests.Helm;

namespace Scheduler.Deploy.Tests;

/// <summary>The manifests for those who do without Helm are the chart's.</summary>
public sealed class KustomizeTests
{
    [HelmFact]
    public async Task TheManifestsAreThoseThatTheChartRenders()
    {
        var rendered = await Programs.RunAsync("bash", "", Path.Combine(DeployFolder.Kustomize, "render.sh"), "/dev/stdout");
        var kept = await File.ReadAllTextAsync(Path.Combine(DeployFolder.Kustomize, "scheduler.yaml"), Encoding.UTF8);
        Assert.True(kept == rendered.Succeeded(), "the chart has changed: run deploy/kustomize/render.sh");
    }

    [KubectlFact]
    public async Task KustomizePutsThemTogetherWithAConfigurationThatTheControllerAccepts()
    {
        var built = await Programs.RunAsync(KubectlFactAttribute.Location!, "", "kustomize", DeployFolder.Kustomize);
        var rendered = Rendered.Parse(built.Succeeded());
        Assert.All(rendered.Manifests, manifest => Assert.Equal("buildkite", manifest.Head.Namespace() ?? manifest.Head.Name()));
        var map = rendered.One<V1ConfigMap>();
        Assert.Equal(map.Name(), rendered.StatefulSet.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "config").ConfigMap.Name);
        var result = Scheduler.Kubernetes.Configuration.ConfigurationLoader.Merge(
            map.Data["config.yaml"], "config.yaml", new Dictionary<string, string>(), new Dictionary<string, string?>());
        Assert.Empty(result.Problems);
        Assert.Equal(("agent-stack-k8s", "buildkite"), (result.Options?.Id, result.Options?.Namespace));
    }
}
