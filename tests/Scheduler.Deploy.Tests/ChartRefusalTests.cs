using k8s.Models;
using Scheduler.Deploy.Tests.Helm;
using Scheduler.Kubernetes.Configuration;

namespace Scheduler.Deploy.Tests;

/// <summary>Values that are not meant are refused before anything is installed, by name.</summary>
public sealed class ChartRefusalTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "{replcas: 3}", "'replcas' not allowed" },
        { "{config: {max-in-flght: 3}}", "'max-in-flght' not allowed" },
        { "{config: {workspaceVolume: {}}}", "'workspaceVolume' not allowed" },
        { "{config: {max-in-flight: '3'}}", "want integer" },
        { "{config: {max-in-flight: -1}}", "/config/max-in-flight" },
        { "{config: {prometheus-port: 70000}}", "/config/prometheus-port" },
        { "{config: {tags: queue=linux}}", "want array" },
        { "{resources: {request: {}}}", "'request' not allowed" },
        { "{monitoring: {podMonitor: {enabled: true}}}", "'enabled' not allowed" },
        { "{networkPolicy: {managementFrom: [{podSelectr: {}}]}}", "'podSelectr' not allowed" },
        { "{remoting: {tls: {enable: true}}}", "'enable' not allowed" },
        { "{labels: {app: mine}}", "invalid propertyName 'app'" },
        { "{labels: {scheduler.buildkite.com/else: mine}}", "invalid propertyName 'scheduler.buildkite.com/else'" },
        { "{labels: {count: 1}}", "want string" },
        { "{config: {management-token: secret}}", "management.tokenSecret" },
        { "{controllerEnv: [{name: MANAGEMENT_TOKEN, value: secret}]}", "management.tokenSecret" },
        { "{jobs: {namespace: Upper}}", "/jobs/namespace" },
        { "{jobs: {name: x}}", "'name' not allowed" },
        { "\njobs: {namespace: a}\nconfig: {namespace: b}\n", "keep jobs.namespace" },
        { "\njobs: {namespace: a}\ncontrollerEnv: [{name: NAMESPACE, value: b}]\n", "would win over jobs.namespace" },
        { "{admission: {fence: true}}", "want object" },
        { "{admission: {pods: {enabled: true, serviceAccount: false, secrets: false, labels: false, hostPath: false, hostNamespaces: false, privileged: false}}}", "nothing is left to refuse" },
        { "\nadmission: {fence: {enabled: true}}\ncontrollerEnv: [{name: BUILDKITE_K8S_STACK_CONTROLLER_ID, value: x}]\n", "use jobs.namespace or config" },
        { "{secretsMetadata: {name: mine}}", "want object" },
        { "{controllerEnv: [{value: nameless}]}", "missing property 'name'" },
        { "{terminationGracePeriodSeconds: 10}", "/terminationGracePeriodSeconds" },
        { "{agentToken: ''}", "agentToken must be set" },
        { "{image: ''}", "image must be set" },
        { "{image: 'ghcr.io/buildkite/agent-stack-k8s/controller:0.47.0'}", "name of the original's controller" },
        { "{image: 'mirror.test:5000/tools/agent-stack-k8s:v0.47.0'}", "imageIsScheduler: true" },
        { "{image: 'agent-stack-k8s'}", "name of the original's controller" },
        { "{image: 'mirror.test/agent-stack-k8s/controller@sha256:0123'}", "name of the original's controller" },
        { "{enabled: maybe}", "want boolean" },
    };

    [HelmTheory, MemberData(nameof(Refused))]
    public async Task RefusesWithTheReason(string values, string reason)
    {
        var refusal = await Rendering(values).RefusalAsync();
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    /// <summary>What is written into a ConfigMap is no secret any more.</summary>
    [HelmTheory, MemberData(nameof(SecretKeys))]
    public async Task NoSecretOfTheConfigurationGetsIntoTheConfigMap(string key)
    {
        var refusal = await Rendering($"{{config: {{{key}: hidden-away}}}}").RefusalAsync();
        Assert.Contains($"config.{key} is a secret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-away", refusal, StringComparison.Ordinal);
    }

    public static TheoryData<string> SecretKeys => [.. ConfigurationKeys.All.Where(key => key.IsSecret).Select(key => key.Name)];

    [HelmFact]
    public async Task AnOldKubernetesGetsNoAdmissionPolicies()
    {
        var release = Rendering("{admission: {fence: {enabled: true}}}") with { Flags = ["--kube-version", "1.29.4"] };
        Assert.Contains("admission needs Kubernetes 1.30 or newer", await release.RefusalAsync(), StringComparison.Ordinal);
    }

    [HelmTheory]
    [InlineData("image: 'mirror.test/agent-stack-k8s/scheduler:1'")]
    [InlineData("image: 'mirror.test/my-agent-stack-k8s:1'")]
    [InlineData("image: 'mirror.test/agent-stack-k8s:1'\nimageIsScheduler: true")]
    public async Task OurOwnImageMayBeCalledAnything(string image)
    {
        var rendered = await new Release($"agentToken: t\n{image}").RenderAsync();
        Assert.StartsWith("mirror.test/", rendered.Controller.Image, StringComparison.Ordinal);
    }

    /// <summary>A pod of it would only find its stack key refused.</summary>
    [HelmFact]
    public async Task AReleaseWhoseNameCannotBeTheIdIsRefusedUnlessAnotherIdIsGiven()
    {
        var refusal = await (new Release(Release.Needed) { Name = "ci.v2" }).RefusalAsync();
        Assert.Contains("\"ci.v2-agent-stack-k8s\" cannot be the controller's id", refusal, StringComparison.Ordinal);
        Assert.Contains("set config.id", refusal, StringComparison.Ordinal);
        var env = "{agentToken: t, image: i, controllerEnv: [{name: BUILDKITE_K8S_STACK_CONTROLLER_ID, value: ci}]}";
        Assert.Equal("ci", (await (new Release(env) { Name = "ci.v2" }).RenderAsync()).Configuration().Options!.Id);
    }

    [HelmFact]
    public async Task AnAgentTokenIsNotNeededBesideAGivenSecret()
    {
        var rendered = await new Release("{agentStackSecret: mine, image: 'registry.test/scheduler:1'}").RenderAsync();
        Assert.Empty(rendered.All<V1Secret>());
    }

    /// <summary>With what every release must be given, unless that is what is tested.</summary>
    private static Release Rendering(string values)
    {
        var needed = new[] { ("agentToken", "agentToken: t"), ("image", "image: i") }
            .Where(value => !values.StartsWith("{" + value.Item1, StringComparison.Ordinal))
            .Select(value => value.Item2);
        return new Release(string.Join('\n', [.. needed, values[1..^1]]));
    }
}
