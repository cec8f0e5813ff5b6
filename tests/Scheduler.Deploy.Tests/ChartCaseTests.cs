using k8s.Models;
using Scheduler.Deploy.Tests.Helm;

namespace Scheduler.Deploy.Tests;

/// <summary>What holds for any values: the table is <c>cases/</c>.</summary>
public sealed class ChartCaseTests
{
    public static TheoryData<string> All => [.. Cases.Names];

    [HelmTheory, MemberData(nameof(All))]
    public async Task HelmHasNothingToComplainAbout(string name)
    {
        var result = await Cases.Read(name).LintAsync();
        Assert.Contains("0 chart(s) failed", result.Succeeded(), StringComparison.Ordinal);
    }

    [HelmTheory, MemberData(nameof(All))]
    public async Task OnlyFieldsThatKubernetesKnowsAreRendered(string name)
    {
        var rendered = await Cases.RenderAsync(name);
        Assert.NotEmpty(rendered.Manifests);
        Assert.Equal(rendered.Manifests.Length, rendered.Manifests.Select(manifest => manifest.ToString()).Distinct().Count());
    }

    [HelmTheory, MemberData(nameof(All))]
    public async Task TheControllerAcceptsTheRenderedConfiguration(string name)
    {
        var result = (await Cases.RenderAsync(name)).Configuration();
        Assert.Empty(result.Problems);
        Assert.Equal(name == "tls-none" ? ["cluster-tls"] : [], result.Warnings.Select(warning => warning.Key));
    }

    [HelmTheory, MemberData(nameof(All))]
    public async Task PodsRunWithTheLeastTheyNeed(string name)
    {
        var rendered = await Cases.RenderAsync(name);
        var security = rendered.Controller.SecurityContext;
        Assert.True(security.RunAsNonRoot);
        Assert.True(security.ReadOnlyRootFilesystem);
        Assert.False(security.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], security.Capabilities.Drop);
        Assert.Equal("RuntimeDefault", security.SeccompProfile.Type);
    }

    /// <summary>The selectors of service, budget, policy and StatefulSet all find the pods.</summary>
    [HelmTheory, MemberData(nameof(All))]
    public async Task EverySelectorFindsTheNodes(string name)
    {
        var rendered = await Cases.RenderAsync(name);
        var labels = rendered.StatefulSet.Spec.Template.Metadata.Labels;
        var selectors = new List<IDictionary<string, string>> { rendered.StatefulSet.Spec.Selector.MatchLabels };
        selectors.AddRange(rendered.All<V1Service>().Select(service => service.Spec.Selector));
        selectors.AddRange(rendered.All<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector.MatchLabels));
        selectors.AddRange(rendered.All<V1NetworkPolicy>().Select(policy => policy.Spec.PodSelector.MatchLabels));
        Assert.All(selectors, selector => Assert.All(selector, label => Assert.Equal(label.Value, labels[label.Key])));
        Assert.Equal(rendered.StatefulSet.Spec.ServiceName, rendered.One<V1Service>().Metadata.Name);
    }
}
