using k8s.Models;
using Scheduler.Core.Jobs;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Kubernetes.Permissions;
using Scheduler.Sandbox.Buildkite;
using Xunit.Abstractions;

namespace Scheduler.Deploy.Tests.Rbac;

/// <summary>The scheduler with nothing but the chart's service account, on a real API server that enforces its Role.</summary>
public sealed class RoleTests(ITestOutputHelper output)
{
    private const int Jobs = 20;

    [HelmAndClusterFact]
    public async Task TheRoleIsAllThatTheSchedulerAsksFor()
    {
        await using var installation = await Installation.StartAsync();
        await installation.Buildkite.EnqueueManyAsync(Jobs, new NewJob(), installation.Deadline);
        await installation.Buildkite.EnqueueAsync(
            new NewJob { PluginsJson = Plugin("""{"podTemplate": "from-a-template"}""") }, installation.Deadline);
        await using (var scheduler = installation.Run())
        {
            await installation.UntilAsync(
                $"{Jobs + 1} jobs have ended", () => installation.Buildkite.Observer.Count(JobState.Finished) == Jobs + 1, scheduler);
            Assert.Equal(0, await scheduler.StopAsync(installation.Deadline));
        }

        Assert.All(installation.Buildkite.Observer.Jobs(), job => Assert.Equal(0, job.Facts.ExitStatus));
        var requests = installation.Requests();
        var granted = Granted(installation.Chart.One<V1Role>());
        var used = requests.Select(request => request.Rule).ToHashSet();
        output.WriteLine($"{requests.Length} requests; used: {string.Join(", ", used.Order(StringComparer.Ordinal))}");
        output.WriteLine($"granted, not needed in this run: {string.Join(", ", granted.Except(used).Order(StringComparer.Ordinal))}");
        Assert.Empty(requests.Where(request => !request.IsAllowed));
        Assert.Subset(granted, used);
        Assert.Superset(new HashSet<string> { "create jobs.batch", "watch jobs.batch", "get secrets", "get podtemplates", "update leases.coordination.k8s.io" }, used);
    }

    [HelmFact]
    public async Task EveryVerbOfTheRoleHasItsReason()
    {
        var role = Assert.Single((await new Release(Release.Needed).RenderAsync()).Manifests, manifest => manifest.Kind == "Role");
        var verbs = role.Yaml.Split('\n').SkipWhile(line => line != "rules:").Where(line => line.StartsWith("      - ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Granted((V1Role)role.Typed!).Count, verbs.Length);
        Assert.All(verbs, verb => Assert.Matches("^      - [a-z]+ +# .{10}", verb));
    }

    [HelmFact]
    public async Task TheRoleIsWhatCheckAsksFor()
    {
        var role = (await new Release(Release.Needed).RenderAsync()).One<V1Role>();
        Assert.Equal(
            NeededPermissions.All.Select(permission => permission.ToString()).Order(StringComparer.Ordinal),
            Granted(role).Order(StringComparer.Ordinal));
    }

    private static string Plugin(string plugin) => $$"""[{"github.com/buildkite-plugins/kubernetes-buildkite-plugin": {{plugin}}}]""";

    private static HashSet<string> Granted(V1Role role) =>
    [
        .. from rule in role.Rules
           from verb in rule.Verbs
           from resource in rule.Resources
           from apiGroup in rule.ApiGroups
           select $"{verb} {resource}{(apiGroup.Length > 0 ? "." : "")}{apiGroup}",
    ];
}
