namespace Scheduler.Kubernetes.Tests.Pods.Containers;

public sealed class AgentContainerTests
{
    [Fact]
    public void ItsVariablesComeInTheirOrder()
    {
        var agent = new Given { Config = "agent-token-secret: the-token\nadditional-redacted-vars: ['*_DSN', X]" }.Pod().Container("agent");

        Assert.Equal(["start"], agent.Args);
        Assert.Null(agent.Command);
        Assert.Equal(
            [
                "BUILDKITE_KUBERNETES_EXEC", "BUILDKITE_CONTAINER_COUNT", "BUILDKITE_AGENT_TAGS", "BUILDKITE_K8S_NODE", "BUILDKITE_K8S_NAMESPACE",
                "BUILDKITE_K8S_SERVICE_ACCOUNT", "BUILDKITE_BUILD_PATH", "BUILDKITE_HOOKS_PATH", "BUILDKITE_PLUGINS_PATH", "BUILDKITE_SOCKETS_PATH",
                "BUILDKITE_SHELL", "BUILDKITE_AGENT_TOKEN", "BUILDKITE_AGENT_ACQUIRE_JOB", "BUILDKITE_REDACTED_VARS", "BUILDKITE_CANCEL_GRACE_PERIOD",
                "BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS",
            ],
            agent.EnvNames());
        Assert.Equal(Given.Uuid, agent.Value("BUILDKITE_AGENT_ACQUIRE_JOB"));
        Assert.EndsWith(",*_API_KEY,*_DSN,X", agent.Value("BUILDKITE_REDACTED_VARS"), StringComparison.Ordinal);
        var token = agent.Env.Single(v => v.Name == "BUILDKITE_AGENT_TOKEN").ValueFrom.SecretKeyRef;
        Assert.Equal(("the-token", "BUILDKITE_AGENT_TOKEN"), (token.Name, token.Key));
        Assert.Equal("spec.nodeName", agent.Env.Single(v => v.Name == "BUILDKITE_K8S_NODE").ValueFrom.FieldRef.FieldPath);
    }

    [Theory]
    [InlineData("60", "60", "50")]
    [InlineData("11", "11", "1")]
    [InlineData("10", "10", "0")]
    [InlineData("0", "1", "0")]
    public void TheGracePeriodIsSharedWithTheCommand(string pod, string cancel, string signal)
    {
        var spec = new Given { Plugin = $$$"""{"podSpec":{"terminationGracePeriodSeconds":{{{pod}}}}}""" }.Pod();

        Assert.Equal(pod, spec.TerminationGracePeriodSeconds.ToString());
        Assert.Equal(cancel, spec.Container("agent").Value("BUILDKITE_CANCEL_GRACE_PERIOD"));
        Assert.Equal(signal, spec.Container("agent").Value("BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS"));
    }

    [Fact]
    public void GitOptionsOfThePluginReplaceTheConfiguredOnesInPlace()
    {
        var agent = new Given
        {
            Config = "default-checkout-params: {fetchFlags: d, noSubmodules: true, gitMirrors: {lockTimeout: 5, path: /m}}",
            Plugin = """
                {"checkout":{"noSubmodules":false,"checkoutFlags":"p","submoduleCloneConfig":["a","b"],"gitMirrors":{"lockTimeout":0,"skipUpdate":true}}}
                """,
        }.Pod().Container("agent");

        Assert.Equal(
            [
                ("BUILDKITE_GIT_FETCH_FLAGS", "d"), ("BUILDKITE_NO_GIT_SUBMODULES", "false"), ("BUILDKITE_GIT_MIRRORS_PATH", "/m"),
                ("BUILDKITE_GIT_MIRRORS_LOCK_TIMEOUT", "5"), ("BUILDKITE_GIT_CHECKOUT_FLAGS", "p"),
                ("BUILDKITE_GIT_SUBMODULE_CLONE_CONFIG", "a,b"), ("BUILDKITE_GIT_MIRRORS_SKIP_UPDATE", "true"),
            ],
            agent.Env.Skip(16).Select(v => (v.Name, v.Value)));
    }
}
