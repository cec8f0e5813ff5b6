namespace Scheduler.Kubernetes.Tests.Pods;

public sealed class JobTagsTests
{
    [Theory]
    [InlineData("queue=kubernetes", "queue", "kubernetes")]
    [InlineData("queue=", "queue", "")]
    [InlineData("A_b.c-d=v", "A_b.c-d", "v")]
    public void ValidTagsBecomeLabels(string rule, string key, string value)
    {
        Assert.Equal(value, new Given { Rules = [rule] }.Build().Metadata.Labels["tag.buildkite.com/" + key]);
    }

    [Theory]
    [InlineData("queue=kubernetes=2")]
    [InlineData("a/b=v")]
    [InlineData("=v")]
    [InlineData("a b=v")]
    [InlineData("-a=v")]
    [InlineData("a=b/c")]
    [InlineData("a=v w")]
    [InlineData("a=ü")]
    public void OtherTagsAreForTheAgentOnly(string rule)
    {
        var built = new Given { Rules = [rule] }.Built();

        Assert.DoesNotContain(built.Job.Metadata.Labels.Keys, key => key.StartsWith("tag.", StringComparison.Ordinal));
        Assert.Single(built.Warnings);
        Assert.Equal(
            "k8s:agent-stack-version=1.2.3," + rule,
            built.Job.Spec.Template.Spec.Container("agent").Value("BUILDKITE_AGENT_TAGS"));
    }

    [Fact]
    public void AValueOf63CharactersIsTheLongestForALabel()
    {
        var labels = new Given { Rules = ["a=" + new string('x', 63), "b=" + new string('x', 64)] }.Build().Metadata.Labels;

        Assert.Contains("tag.buildkite.com/a", labels.Keys);
        Assert.DoesNotContain("tag.buildkite.com/b", labels.Keys);
    }

    [Fact]
    public void ARuleWithoutAValueIsSkippedAndOfEqualKeysTheLastCounts()
    {
        var built = new Given { Rules = ["a=1", "kubernetes", "b=x", "a=2"] }.Built();

        Assert.Equal("invalid agent tag: \"kubernetes\"", Assert.Single(built.Warnings));
        Assert.Equal("2", built.Job.Metadata.Labels["tag.buildkite.com/a"]);
        Assert.Equal("k8s:agent-stack-version=1.2.3,a=2,b=x", built.Job.Spec.Template.Spec.Container("agent").Value("BUILDKITE_AGENT_TAGS"));
    }

    [Fact]
    public void AJobMayOverrideTheVersionTag()
    {
        var pod = new Given { Rules = ["k8s:agent-stack-version=mine"] }.Pod();

        Assert.Equal("k8s:agent-stack-version=mine", pod.Container("agent").Value("BUILDKITE_AGENT_TAGS"));
    }
}
