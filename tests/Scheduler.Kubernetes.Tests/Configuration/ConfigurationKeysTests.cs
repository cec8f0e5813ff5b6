using Scheduler.Kubernetes.Configuration;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class ConfigurationKeysTests
{
    [Fact]
    public void EveryPropertyOfTheOptionsIsAKeyWithADescription()
    {
        Assert.Equal(typeof(ControllerOptions).GetProperties().Count(property => property.CanWrite), ConfigurationKeys.All.Length);
        Assert.All(ConfigurationKeys.All, key => Assert.NotEmpty(key.Description));
        Assert.Equal(ConfigurationKeys.All.Length, ConfigurationKeys.All.Select(key => key.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("max-in-flight", "max-in-flight", "MAX_IN_FLIGHT", "25", "an integer")]
    [InlineData("k8s-client-rate-limiter-qps", "k8s-client-rate-limiter-qps", "K8S_CLIENT_RATE_LIMITER_QPS", "-1", "an integer")]
    [InlineData("id", "id", "BUILDKITE_K8S_STACK_CONTROLLER_ID", "", "a text")]
    [InlineData("graphql-endpoint", "graph-ql-endpoint", "GRAPH_QL_ENDPOINT", "", "a text")]
    [InlineData("integration-test-buildkite-token", "buildkite-token", "INTEGRATION_TEST_BUILDKITE_TOKEN", "", "a text")]
    [InlineData("job-ttl", "job-ttl", "JOB_TTL", "10m", "a duration such as 30s, 5m or 1h30m")]
    [InlineData("enable-completion-watcher", "enable-completion-watcher", "ENABLE_COMPLETION_WATCHER", "true", "a boolean (true or false)")]
    [InlineData("tags", "tags", "TAGS", "", "a list of texts")]
    [InlineData("pod-spec-patch", null, null, "", "a mapping")]
    [InlineData("resource-classes", null, null, "", "a mapping of mappings")]
    [InlineData("take-timeout", "take-timeout", "TAKE_TIMEOUT", "3s", "a duration such as 30s, 5m or 1h30m")]
    public void NamesFollowFromTheProperty(string name, string? flag, string? variable, string preset, string type)
    {
        var key = Assert.Single(ConfigurationKeys.All, key => key.Name == name);

        Assert.Equal((flag, variable, preset, type), (key.Flag, key.Variable, key.Default, key.TypeName));
    }

    [Fact]
    public void EveryKeyInsideOfAnotherHasAMeaning()
    {
        Assert.Equal(
            [
                "default-metadata", "agent-config", "agent-config.additional-hooks[]", "default-checkout-params",
                "default-checkout-params.gitMirrors", "default-command-params", "default-sidecar-params", "resource-classes.NAME",
            ],
            NestedKeys.All.Select(group => group.Path));
        Assert.All(NestedKeys.All.SelectMany(group => group.Keys), key => Assert.NotEmpty(key.Meaning));
    }

    [Fact]
    public void TheReferenceListsEveryKey()
    {
        var reference = ConfigurationReference.Markdown();

        Assert.All(ConfigurationKeys.All, key => Assert.Contains($"| `{key.Name}`", reference, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("| `max-in-flight` | integer | `25` | most Jobs unfinished at once; 0 = unlimited |")]
    [InlineData("| `id` `BUILDKITE_K8S_STACK_CONTROLLER_ID` | text |  | ")]
    [InlineData("| `pod-spec-patch` (file) | Kubernetes PodSpec |  | ")]
    [InlineData("| `take-timeout` | duration | `3s` | **new**: ")]
    [InlineData("| `extraVolumeMounts` | list of Kubernetes VolumeMount | ")]
    public void TheReferenceSaysWhatAKeyIs(string row) => Assert.Contains(row, ConfigurationReference.Markdown(), StringComparison.Ordinal);
}
