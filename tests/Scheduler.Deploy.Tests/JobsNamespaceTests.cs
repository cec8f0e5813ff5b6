using k8s.Models;
using Scheduler.Deploy.Tests.Helm;

namespace Scheduler.Deploy.Tests;

/// <summary>Jobs may have a namespace of their own, where nothing of the scheduler's can be named by a step.</summary>
public sealed class JobsNamespaceTests
{
    private static readonly string[] ForJobs = ["jobs", "pods", "secrets", "podtemplates", "events"];

    [HelmFact]
    public async Task OnlyWhatJobsNeedIsInTheirNamespace()
    {
        var rendered = await Cases.RenderAsync("jobs-apart");
        Assert.Equal(
            ["Role ci-agent-stack-k8s-controller-jobs", "RoleBinding ci-agent-stack-k8s-controller-jobs", "Secret ci-agent-stack-k8s-secrets"],
            rendered.Manifests.Where(manifest => manifest.Head.Namespace() == "ci-jobs")
                .Select(manifest => $"{manifest.Kind} {manifest.Head.Name()}").Order(StringComparer.Ordinal));
        var options = rendered.Configuration().Options!;
        Assert.Equal(("ci-jobs", "buildkite"), (options.Namespace, options.SchedulerNamespace));
    }

    [HelmFact]
    public async Task TheSchedulersOwnSecretsStayWithIt()
    {
        var rendered = await Cases.RenderAsync("jobs-apart");
        var roles = rendered.All<V1Role>().Where(role => role.Rules.Any(rule => rule.ResourceNames?.Contains("ci-agent-stack-k8s-remoting-tls") ?? false));
        Assert.Equal("buildkite", Assert.Single(roles).Namespace());
        Assert.Equal("buildkite", rendered.Configuration().Options!.SchedulerNamespace);
    }

    [HelmTheory, InlineData("jobs-apart"), InlineData("original-defaults")]
    public async Task TheServiceAccountMayDoInEachNamespaceWhatIsNeededThere(string name)
    {
        var rendered = await Cases.RenderAsync(name);
        var (own, jobs) = (rendered.One<V1Role>(role => !role.Name().EndsWith("-jobs", StringComparison.Ordinal)),
            rendered.One<V1Role>(role => role.Name().EndsWith("-jobs", StringComparison.Ordinal)));
        Assert.Equal(["leases", "pods", "secrets", "secrets"], own.Rules.SelectMany(rule => rule.Resources));
        Assert.Equal(ForJobs, jobs.Rules.SelectMany(rule => rule.Resources));
        foreach (var role in new[] { own, jobs })
        {
            var binding = rendered.One<V1RoleBinding>(binding => binding.RoleRef.Name == role.Name());
            var subject = Assert.Single(binding.Subjects);
            Assert.Equal(role.Namespace(), binding.Namespace());
            Assert.Equal((rendered.One<V1ServiceAccount>().Name(), "buildkite"), (subject.Name, subject.NamespaceProperty));
        }
    }

    /// <summary>As in the original: who moves the Jobs by the controller's own key sees to the rest himself.</summary>
    [HelmFact]
    public async Task NothingIsMadeInANamespaceThatOnlyTheConfigurationNames()
    {
        var rendered = await new Release("{agentToken: t, image: i, config: {namespace: elsewhere}}").RenderAsync();
        Assert.All(rendered.Manifests, manifest => Assert.Equal("buildkite", manifest.Head.Namespace()));
        Assert.Equal("elsewhere", rendered.Configuration().Options!.Namespace);
    }

    [HelmFact]
    public async Task TheSameNamespaceTwiceIsNoContradiction()
    {
        var rendered = await new Release("{agentToken: t, image: i, jobs: {namespace: ci-jobs}, config: {namespace: ci-jobs}}").RenderAsync();
        Assert.Equal("ci-jobs", rendered.One<V1Secret>().Namespace());
    }
}
