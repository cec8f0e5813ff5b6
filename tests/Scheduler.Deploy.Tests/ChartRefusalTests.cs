using k8s.Models;
using Scheduler.Deploy.Tests.Helm;

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
        { "{labels: {count: 1}}", "want string" },
        { "{secretsMetadata: {name: mine}}", "want object" },
        { "{controllerEnv: [{value: nameless}]}", "missing property 'name'" },
        { "{terminationGracePeriodSeconds: 10}", "/terminationGracePeriodSeconds" },
        { "{agentToken: ''}", "agentToken must be set" },
        { "{image: ''}", "image must be set" },
        { "{image: 'ghcr.io/buildkite/agent-stack-k8s/controller:0.47.0'}", "the original's controller" },
    };

    [HelmTheory, MemberData(nameof(Refused))]
    public async Task RefusesWithTheReason(string values, string reason)
    {
        var refusal = await Rendering(values).RefusalAsync();
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
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
