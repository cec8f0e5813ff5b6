using Scheduler.Kubernetes.Options;
using Scheduler.Kubernetes.Pods;
using Scheduler.Kubernetes.Tests.Pods;

namespace Scheduler.Kubernetes.Tests.Images;

public sealed class InvalidImageTests
{
    private const string Prefix = "agent-stack-k8s failed to build a podSpec for the job: ";

    [Fact]
    public void OneBadImageIsNamedWithItsContainer()
    {
        var refusal = new Given { Plugin = """{"podSpec":{"containers":[{"image":"buildkite/agent:latest plus some extra junk"}]}}""" }.Refusal();

        Assert.Equal($"{Prefix}invalid reference format \"buildkite/agent:latest plus some extra junk\" for container \"container-0\"", refusal);
    }

    [Theory]
    [InlineData("""{"podSpec":{"containers":[{"name":"x"}]}}""")]
    [InlineData("""{"podSpec":{"initContainers":[{"name":"x"}]}}""")]
    [InlineData("""{"sidecars":[{"name":"x"}]}""")]
    [InlineData("""{"podSpec":{"containers":[{"name":"x"}]},"podSpecPatch":{"containers":[{"name":"x","image":"alpine"}]}}""")]
    public void AContainerNeedsAnImageEvenIfAPatchGivesOne(string plugin)
    {
        var expected = $"{Prefix}repository name must have at least one component \"\" for container \"x\"";

        Assert.Equal(expected, new Given { Plugin = plugin }.Refusal());
        Assert.Equal(expected, new Given { Plugin = plugin, Config = "skip-image-check-containers: true" }.Refusal());
    }

    [Fact]
    public void SeveralBadImagesAreListedInATable()
    {
        var refusal = new Given { Plugin = """{"podSpec":{"containers":[{"image":"A:b"}]},"sidecars":[{"image":"a b"}]}""" }.Refusal();

        Assert.Equal(
            Prefix + """
            invalid image references

            ╭───────────────┬───────────┬───────────────────────────────────╮
            │ CONTAINER     │ IMAGE REF │ PARSE ERROR                       │
            ├───────────────┼───────────┼───────────────────────────────────┤
            │ "container-0" │ "A:b"     │ repository name must be lowercase │
            │ "sidecar-0"   │ "a b"     │ invalid reference format          │
            ╰───────────────┴───────────┴───────────────────────────────────╯
            """,
            refusal);
    }

    [Fact]
    public void AConfiguredImageThatIsNoneIsRefusedAtStart()
    {
        var problem = Assert.Throws<ArgumentException>(() => new JobBuilder(new ControllerOptions { Image = "Not An Image" }));

        Assert.Contains("'image'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Not An Image", problem.Message, StringComparison.Ordinal);
    }
}
