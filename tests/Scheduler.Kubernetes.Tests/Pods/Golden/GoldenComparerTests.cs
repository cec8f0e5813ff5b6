using System.Text.Json.Nodes;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>The comparison must neither overlook a difference nor see one where Kubernetes sees none.</summary>
public sealed class GoldenComparerTests
{
    [Theory]
    [InlineData("""{"resources":{},"securityContext":{},"volumes":[],"nodeSelector":null}""", "{}")]
    [InlineData("""{"hostname":"","hostNetwork":false}""", "{}")]
    [InlineData("""{"overhead":{"cpu":"1000m"}}""", """{"overhead":{"cpu":"1"}}""")]
    [InlineData("""{"volumes":[{"emptyDir":{"sizeLimit":"1024Mi"}}]}""", """{"volumes":[{"emptyDir":{"sizeLimit":"1Gi"}}]}""")]
    [InlineData("""{"x":{"resourceFieldRef":{"divisor":"0","resource":"a"}}}""", """{"x":{"resourceFieldRef":{"resource":"a"}}}""")]
    [InlineData("""{"a":[{"containerPort":0,"name":"x"}]}""", """{"a":[{"name":"x"}]}""")]
    public void TheseMeanTheSame(string one, string other)
    {
        Assert.Empty(Compare(one, other));
        Assert.Empty(Compare(other, one));
    }

    [Theory]
    [InlineData("""{"volumes":[{"emptyDir":{}}]}""", """{"volumes":[{}]}""")]
    [InlineData("""{"args":[""]}""", "{}")]
    [InlineData("""{"nodeSelector":{"a":""}}""", "{}")]
    [InlineData("""{"storageClassName":""}""", "{}")]
    [InlineData("""{"runAsUser":0}""", "{}")]
    [InlineData("""{"automountServiceAccountToken":false}""", "{}")]
    [InlineData("""{"x":[{"name":"a"},{"name":"b"}]}""", """{"x":[{"name":"b"},{"name":"a"}]}""")]
    [InlineData("""{"limits":{"cpu":"1"}}""", """{"limits":{"cpu":"1001m"}}""")]
    [InlineData("""{"a":"x"}""", """{"a":"x","b":"y"}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    public void TheseDiffer(string one, string other)
    {
        Assert.NotEmpty(Compare(one, other));
        Assert.NotEmpty(Compare(other, one));
    }

    [Fact]
    public void TagsAndImageChecksMayComeInAnyOrder()
    {
        const string Theirs = """
            {"containers":[{"name":"agent","env":[{"name":"BUILDKITE_AGENT_TAGS","value":"a=b,k8s:agent-stack-version=<version>"}]}],
             "initContainers":[{"name":"imagecheck-0","image":"a"},{"name":"imagecheck-1","image":"b"},{"name":"x"}]}
            """;
        const string Ours = """
            {"containers":[{"name":"agent","env":[{"name":"BUILDKITE_AGENT_TAGS","value":"k8s:agent-stack-version=v,a=b"}]}],
             "initContainers":[{"name":"imagecheck-0","image":"b"},{"name":"imagecheck-1","image":"a"},{"name":"x"}]}
            """;

        Assert.Empty(Compare(Theirs, Ours));
    }

    [Theory]
    [InlineData("copy-agent", """["-c","cp buildkite-agent tini-static"]""", """["-c","<script: chown=none>"]""")]
    [InlineData("copy-agent", """["-c","chown -R 5:6 /workspace\ncp buildkite-agent tini-static"]""", """["-c","<script: chown=5:6>"]""")]
    [InlineData("checkout", """["buildkite-agent-entrypoint kubernetes-bootstrap"]""", """["<script>"]""")]
    [InlineData("checkout",
        """["groupadd -g 6 g\nuseradd -M -u 5 -g 6 x\ngit config credential.helper\nbuildkite-agent-entrypoint kubernetes-bootstrap"]""",
        """["<script: uid=5 gid=6 git-credentials=yes>"]""")]
    public void ScriptsAreComparedByTheirMarkers(string name, string args, string markers) => Assert.Empty(Compare(
        $$"""{"containers":[{"name":"{{name}}","args":{{markers}}}]}""",
        $$"""{"containers":[{"name":"{{name}}","args":{{args}}}]}"""));

    private static IReadOnlyList<string> Compare(string expected, string actual) =>
        GoldenComparer.Differences(Job(expected), Job(actual), "v");

    private static JsonObject Job(string pod) => new()
    {
        ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = JsonNode.Parse(pod) } },
    };
}
