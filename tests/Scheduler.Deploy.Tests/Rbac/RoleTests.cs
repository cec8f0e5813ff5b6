using k8s.Models;
using Scheduler.Core.Identity;
using Scheduler.Core.Jobs;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Kubernetes.Permissions;
using Scheduler.Sandbox.Buildkite;
using Xunit.Abstractions;

namespace Scheduler.Deploy.Tests.Rbac;

/// <summary>The scheduler with nothing but the chart's service account, on a real API server that enforces its Roles.</summary>
public sealed class RoleTests(ITestOutputHelper output)
{
    private const int Jobs = 20;

    private const string CannotBePulled =
        """
        {"metadata": {"annotations": {"sandbox.scheduler/behaviour": "image-pull-failure"}},
         "podSpec": {"containers": [{"image": "nowhere/nothing", "command": ["true"]}]}}
        """;

    /// <summary>More than the namespace's LimitRange allows a pod.</summary>
    private const string GetsNoPod =
        """
        {"podSpec": {"containers": [{"image": "alpine", "command": ["true"],
          "resources": {"requests": {"cpu": "200"}, "limits": {"cpu": "200"}}}]}}
        """;

    [HelmAndClusterTheory]
    [InlineData("")]
    [InlineData("ci-jobs")]
    public async Task TheRolesAreAllThatTheSchedulerAsksFor(string jobsNamespace)
    {
        await using var installation = await Installation.StartAsync(jobsNamespace);
        await installation.Buildkite.EnqueueManyAsync(Jobs, new NewJob(), installation.Deadline);
        await EnqueueAsync(installation, """{"podTemplate": "from-a-template"}""");
        var unpulled = await EnqueueAsync(installation, CannotBePulled);
        var deleted = await EnqueueAsync(installation, GetsNoPod);
        var cancelled = await EnqueueAsync(installation, GetsNoPod);
        var buildkite = installation.Buildkite.Observer;
        await using (var scheduler = installation.Run())
        {
            await installation.UntilAsync("the job to be cancelled has a Kubernetes Job", () => installation.HasJobAsync(cancelled), scheduler);
            await installation.Buildkite.CancelAsync(cancelled, installation.Deadline);
            await installation.UntilAsync("the cancelled job's Kubernetes Job is gone", async () => !await installation.HasJobAsync(cancelled), scheduler);
            await installation.UntilAsync("the job to be deleted has a Kubernetes Job", () => installation.HasJobAsync(deleted), scheduler);
            await installation.DeleteJobAsync(deleted);
            await installation.UntilAsync(
                "all others have ended", () => Task.FromResult(buildkite.Count(JobState.Finished) == Jobs + 3), scheduler);
            Assert.Equal(0, await scheduler.StopAsync(installation.Deadline));
        }

        Assert.All(buildkite.Jobs(), job => Assert.Equal(
            job.Id == unpulled || job.Id == deleted ? -1 : job.Id == cancelled ? null : 0, job.Facts.ExitStatus));
        var requests = installation.Requests();
        var granted = Granted(installation.Chart);
        var used = requests.Select(request => request.Rule).ToHashSet();
        output.WriteLine($"{requests.Length} requests; used: {string.Join(", ", used.Order(StringComparer.Ordinal))}");
        Assert.Empty(requests.Where(request => !request.IsAllowed));
        Assert.Equal(granted.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [HelmFact]
    public async Task EveryVerbOfTheRolesHasItsReason()
    {
        var roles = (await new Release(Release.Needed).RenderAsync()).Manifests.Where(manifest => manifest.Kind == "Role").ToArray();
        Assert.Equal(2, roles.Length);
        Assert.All(roles, role =>
        {
            var verbs = role.Yaml.Split('\n').SkipWhile(line => line != "rules:").Where(line => line.StartsWith("      - ", StringComparison.Ordinal)).ToArray();
            Assert.Equal(((V1Role)role.Typed!).Rules.Sum(rule => rule.Verbs.Count), verbs.Length);
            Assert.All(verbs, verb => Assert.Matches("^      - [a-z]+ +# .{10}", verb));
        });
    }

    /// <summary>Of whatever configuration the chart makes.</summary>
    [HelmTheory, InlineData("original-defaults"), InlineData("jobs-apart"), InlineData("one-node")]
    public async Task TheRolesAreWhatCheckAsksFor(string name)
    {
        var chart = await Cases.RenderAsync(name);
        var options = chart.Configuration().Options!;
        Assert.Equal(
            NeededPermissions.For(options).Select(permission => $"{permission} in {permission.NamespaceFor(options)}").Distinct().Order(StringComparer.Ordinal),
            Granted(chart).Order(StringComparer.Ordinal));
    }

    [HelmTheory]
    [InlineData("one-node")]
    [InlineData("tls-none")]
    [InlineData("tls-given")]
    public async Task WhereTheNodesKeepNoAuthorityTheyMayMakeNoSecret(string name)
    {
        var roles = (await Cases.RenderAsync(name)).All<V1Role>();
        Assert.DoesNotContain(roles.SelectMany(role => role.Rules), rule => rule.Resources.Contains("secrets") && rule.Verbs.Contains("create"));
    }

    [HelmFact]
    public async Task NoSecretCanBeReadButThoseThatAreNamed()
    {
        var rendered = await new Release(Release.Needed).RenderAsync();
        var rules = rendered.All<V1Role>().SelectMany(role => role.Rules).Where(rule => rule.Resources.Contains("secrets")).ToArray();
        Assert.Equal(
            ["ci-agent-stack-k8s-remoting-tls", "ci-agent-stack-k8s-secrets"],
            rules.Where(rule => rule.Verbs.Contains("get")).SelectMany(rule => rule.ResourceNames).Order(StringComparer.Ordinal));
        Assert.All(rules.Where(rule => rule.ResourceNames is null), rule => Assert.Equal(["create"], rule.Verbs));
    }

    private static Task<JobId> EnqueueAsync(Installation installation, string plugin) =>
        installation.Buildkite.EnqueueAsync(new NewJob { PluginsJson = Plugin(plugin) }, installation.Deadline);

    private static string Plugin(string plugin) => $$"""[{"github.com/buildkite-plugins/kubernetes-buildkite-plugin": {{plugin}}}]""";

    private static HashSet<string> Granted(Rendered chart) =>
    [
        .. from role in chart.All<V1Role>()
           from rule in role.Rules
           from verb in rule.Verbs
           from resource in rule.Resources
           from apiGroup in rule.ApiGroups
           select $"{verb} {resource}{(apiGroup.Length > 0 ? "." : "")}{apiGroup} in {role.Namespace()}",
    ];
}
