using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Scheduler.Cluster.Hosting;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Kubernetes.Jobs;
using Scheduler.Running;
using Scheduler.Sandbox.Kubernetes;
using Scheduler.Sandbox.Kubernetes.Faults;

namespace Scheduler.Deploy.Tests.Admission;

/// <summary>The fence's CEL, and the sandbox that plays it, judge alike.</summary>
public sealed class FencePolicyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Grant, transitions of the Lease, and whether the Job may be created.</summary>
    public static TheoryData<string?, int?, bool> Grants => new()
    {
        { "12/3", 12, true },
        { "12/3", 11, true }, // The Lease comes from a cache that is behind.
        { "12/3", 13, false },
        { "9/3", 10, false }, // As numbers, not as texts.
        { "10/3", 9, true },
        { "2147483647/9223372036854775807", 2147483647, true },
        { "0/0", 0, true },
        { "0/0", null, true },
        { null, 0, false },
        { null, null, false },
        { "", 0, false },
        { "12", 1, false },
        { "12/", 1, false },
        { "/3", 1, false },
        { "-12/3", 1, false },
        { "12/3/4", 1, false },
        { " 12/3", 1, false },
        { "twelve/3", 1, false },
        { "9999999999999999999/1", 1, false }, // More than fits into a number.
    };

    [HelmTheory, MemberData(nameof(Grants))]
    public async Task AGrantOfAnEpochThatIsOverIsRefused(string? grant, int? transitions, bool isCreated)
    {
        var policy = Policy(await Cases.RenderAsync("admission"));
        var refusal = new PolicyJudge(policy).Refusal(Job(grant), Lease(transitions));
        Assert.Equal(isCreated ? null : Assert.Single(policy.Spec.Validations).Message, refusal);
    }

    [HelmTheory, MemberData(nameof(Grants))]
    public async Task TheSandboxSaysTheSameInTheSameWords(string? grant, int? transitions, bool isCreated)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var policy = Policy(await Cases.RenderAsync("admission"));
        await using var server = await KubernetesServer.StartAsync(new KubernetesServerOptions { RunJobController = false }, deadline.Token);
        server.Faults.Fence = new GrantFence("default", "limiter") { Policy = policy.Name() };
        using var client = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = server.Endpoint.ToString() });
        await client.CoordinationV1.CreateNamespacedLeaseAsync(Lease(transitions), "default", cancellationToken: deadline.Token);
        if (isCreated)
        {
            await client.BatchV1.CreateNamespacedJobAsync(Job(grant), "default", cancellationToken: deadline.Token);
            return;
        }

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(
            () => client.BatchV1.CreateNamespacedJobAsync(Job(grant), "default", cancellationToken: deadline.Token));
        var validation = Assert.Single(policy.Spec.Validations);
        var status = KubernetesJson.Deserialize<V1Status>(refusal.Response.Content);
        Assert.Equal((HttpStatusCode.Forbidden, validation.Reason), (refusal.Response.StatusCode, status.Reason));
        Assert.EndsWith(
            $"ValidatingAdmissionPolicy '{policy.Name()}' with binding '{policy.Name()}' denied request: {validation.Message}", status.Message, StringComparison.Ordinal);
    }

    [HelmFact]
    public async Task OnlyJobsThatTheSchedulerItselfCreatesAreJudged()
    {
        var rendered = await Cases.RenderAsync("admission");
        foreach (var policy in rendered.All<V1ValidatingAdmissionPolicy>())
        {
            var judge = new PolicyJudge(policy);
            Assert.True(judge.Concerns($"system:serviceaccount:buildkite:{rendered.StatefulSet.Spec.Template.Spec.ServiceAccountName}"));
            Assert.False(judge.Concerns("system:serviceaccount:ci-jobs:default"));
            var rule = Assert.Single(policy.Spec.MatchConstraints.ResourceRules);
            Assert.Equal(["batch", "v1", "jobs", "CREATE"], [.. rule.ApiGroups, .. rule.ApiVersions, .. rule.Resources, .. rule.Operations]);
            Assert.Equal("ci-jobs", policy.Spec.MatchConstraints.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"]);
            Assert.Equal("Fail", policy.Spec.FailurePolicy);
            var binding = rendered.One<V1ValidatingAdmissionPolicyBinding>(binding => binding.Spec.PolicyName == policy.Name());
            Assert.Equal(["Deny"], binding.Spec.ValidationActions);
        }
    }

    /// <summary>A name that is wrong would mean that no Job is ever created.</summary>
    [HelmTheory]
    [InlineData("")]
    [InlineData("id: mine")]
    [InlineData("id: Capitals_and-underlines-that-are-much-longer-than-twenty")]
    [InlineData("id: X_y")]
    [InlineData("id: '123'")]
    [InlineData("id: ''")]
    [InlineData("cluster-namespace: elsewhere")]
    [InlineData("namespace: somewhere")]
    public async Task TheFenceLooksAtTheLeaseThatTheLimiterHolds(string config)
    {
        var rendered = await new Release($"{{agentToken: t, image: i, admission: {{fence: {{enabled: true}}}}, config: {{{config}}}}}").RenderAsync();
        var options = rendered.Configuration().Options!;
        var lease = ClusterWiring.LimiterLease(options, new NodeAddress());
        var parameter = rendered.One<V1ValidatingAdmissionPolicyBinding>().Spec.ParamRef;
        Assert.Equal((lease.Namespace, lease.Name, "Deny"), (parameter.NamespaceProperty, parameter.Name, parameter.ParameterNotFoundAction));
        var policy = Policy(rendered);
        Assert.Equal(("coordination.k8s.io/v1", "Lease"), (policy.Spec.ParamKind.ApiVersion, policy.Spec.ParamKind.Kind));
        Assert.Equal(options.Namespace, policy.Spec.MatchConstraints.NamespaceSelector.MatchLabels["kubernetes.io/metadata.name"]);
        Assert.EndsWith(PolicyDenial.FenceSuffix, policy.Name(), StringComparison.Ordinal);
    }

    /// <summary>They are objects of the whole cluster: two releases must not share one.</summary>
    [HelmFact]
    public async Task ReleasesHavePoliciesOfTheirOwn()
    {
        var names = new HashSet<string>();
        foreach (var (ns, name) in new[] { ("a-b", "c"), ("a", "b-c"), ("a", "b-d") })
        {
            var release = new Release("{agentToken: t, image: i, admission: {fence: {enabled: true}}}") { Namespace = ns, Name = name };
            Assert.True(names.Add(Policy(await release.RenderAsync()).Name()));
        }
    }

    [HelmFact]
    public async Task NothingIsSwitchedOnUnasked() =>
        Assert.DoesNotContain((await new Release(Release.Needed).RenderAsync()).Manifests, manifest => manifest.Kind.StartsWith("Validating", StringComparison.Ordinal));

    private static V1ValidatingAdmissionPolicy Policy(Rendered rendered) =>
        rendered.One<V1ValidatingAdmissionPolicy>(policy => policy.Spec.ParamKind is not null);

    private static V1Lease Lease(int? transitions) => new()
    {
        Metadata = new V1ObjectMeta { Name = "limiter" },
        Spec = new V1LeaseSpec { HolderIdentity = "somebody", LeaseTransitions = transitions },
    };

    private static V1Job Job(string? grant) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = new V1ObjectMeta
        {
            Name = "a",
            Annotations = new Dictionary<string, string> { ["other"] = "7/7", [grant is null ? "none" : "scheduler.buildkite.com/grant"] = grant ?? "" },
        },
        Spec = new V1JobSpec
        {
            Template = new V1PodTemplateSpec
            {
                Spec = new V1PodSpec { RestartPolicy = "Never", Containers = [new V1Container { Name = "main", Image = "image" }] },
            },
        },
    };
}
