using Scheduler.Kubernetes.Tests.Pods;

namespace Scheduler.Kubernetes.Tests.Images;

/// <summary>The table of pod-building.md §17: INP = IfNotPresent, "-" = unset or none.</summary>
public sealed class PullPolicyTests
{
    private const string Tagged = "alpine:3";
    private const string Digest = "alpine@sha256:d27a468d50c035c5847330241372acecde2b3109fa7503eee7790a5248f4c7ec";

    [Theory]
    [InlineData("-", "-", "-", "-", "-", "INP", "INP", "Always")]
    [InlineData("-", "-", Tagged, "-", "Always", "INP", "INP", "Always")]
    [InlineData("-", "-", Digest, "-", "INP", "INP", "INP", "Always")]
    [InlineData("-", "-", Tagged, "Always", "Always", "INP", "INP", "Always")]
    [InlineData("-", "-", Tagged, "INP", "INP", "INP", "INP", "Always")]
    [InlineData("-", "-", Tagged, "Never", "Never", "Never", "INP", "Always")]
    [InlineData("-", "Always", "-", "-", "-", "INP", "INP", "Always")]
    [InlineData("Always", "-", "-", "-", "-", "INP", "INP", "Always")]
    [InlineData("-", "Always", Tagged, "-", "Always", "INP", "INP", "Always")]
    [InlineData("-", "Always", Digest, "-", "Always", "INP", "INP", "Always")]
    [InlineData("Always", "-", Tagged, "-", "Always", "INP", "INP", "Always")]
    [InlineData("Always", "-", Digest, "-", "Always", "INP", "INP", "Always")]
    [InlineData("-", "INP", "-", "-", "-", "INP", "INP", "INP")]
    [InlineData("INP", "-", "-", "-", "-", "Always", "INP", "Always")]
    [InlineData("-", "INP", Tagged, "-", "INP", "INP", "INP", "INP")]
    [InlineData("-", "INP", Digest, "-", "INP", "INP", "INP", "INP")]
    [InlineData("INP", "-", Tagged, "-", "INP", "Always", "INP", "Always")]
    [InlineData("INP", "-", Digest, "-", "INP", "INP", "INP", "Always")]
    [InlineData("-", "Never", "-", "-", "-", "Never", "Never", "Never")]
    [InlineData("Never", "-", "-", "-", "-", "Always", "INP", "Always")]
    [InlineData("-", "Never", Tagged, "-", "Never", "Never", "Never", "Never")]
    [InlineData("-", "Never", Digest, "-", "Never", "Never", "Never", "Never")]
    [InlineData("Never", "-", Tagged, "-", "Never", "Always", "INP", "Always")]
    [InlineData("Never", "-", Digest, "-", "Never", "INP", "INP", "Always")]
    [InlineData("INP", "Always", Tagged, "-", "INP", "Always", "INP", "Always")]
    [InlineData("Always", "INP", Tagged, "-", "Always", "INP", "INP", "INP")]
    public void PoliciesFollowTheDefaults(
        string checkDefault, string pullDefault, string image, string own, string check, string command, string agent, string copyAgent)
    {
        var pod = new Given
        {
            Config = $"default-image-check-pull-policy: '{Full(checkDefault)}'\ndefault-image-pull-policy: '{Full(pullDefault)}'",
            Plugin = image == "-" ? null
                : $$$"""{"podSpec":{"containers":[{"image":"{{{image}}}","imagePullPolicy":"{{{Full(own)}}}"}]}}""",
        }.Pod();

        Assert.Equal(check == "-" ? [] : [Full(check)], pod.InitContainers.Skip(1).Select(c => c.ImagePullPolicy));
        Assert.Equal(Full(command), pod.Container("container-0").ImagePullPolicy);
        Assert.Equal(Full(agent), pod.Container("agent").ImagePullPolicy);
        Assert.Equal(Full(agent), pod.Container("checkout").ImagePullPolicy);
        Assert.Equal(Full(copyAgent), pod.Init("copy-agent").ImagePullPolicy);
    }

    [Fact]
    public void AnImageUsedThriceIsCheckedOnceByTheStrictestPolicy()
    {
        var pod = new Given
        {
            Plugin = """
                {"podSpec":{"containers":[{"image":"a:1","imagePullPolicy":"Never"},{"image":"a:1"},{"image":"a:1","imagePullPolicy":"IfNotPresent"}]}}
                """,
        }.Pod();

        Assert.Equal("Always", Assert.Single(pod.InitContainers, c => c.Name.StartsWith("imagecheck", StringComparison.Ordinal)).ImagePullPolicy);
        Assert.Equal(["Never", "IfNotPresent", "IfNotPresent"], pod.Containers.Take(3).Select(c => c.ImagePullPolicy));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("IfNotPresent", true)]
    [InlineData("Never", true)]
    [InlineData("Always", false)]
    public void AnInitContainerSparesTheCheckOnlyIfItPullsAsOften(string policy, bool checkStays)
    {
        var pod = new Given
        {
            Plugin = $$$"""
                {"podSpec":{"initContainers":[{"name":"i","image":"x:1","imagePullPolicy":"{{{policy}}}"}],"containers":[{"image":"x:1"}]}}
                """,
        }.Pod();

        Assert.Equal(checkStays ? ["copy-agent", "imagecheck-0", "i"] : ["copy-agent", "i"], pod.InitNames());
    }

    [Fact]
    public void ChecksComeInTheOrderOfFirstUseAndImagesAreComparedAsTexts()
    {
        var pod = new Given
        {
            Plugin = """{"podSpec":{"containers":[{"image":"z"},{"image":"alpine"},{"image":"alpine:latest"},{"image":"z"}]}}""",
        }.Pod();

        Assert.Equal(["z", "alpine", "alpine:latest"], pod.InitContainers.Skip(1).Select(c => c.Image));
        Assert.Equal(["imagecheck-0", "imagecheck-1", "imagecheck-2"], pod.InitNames().Skip(1));
    }

    [Fact]
    public void LimitsOfChecksAreConfigurable()
    {
        var pod = new Given
        {
            Config = "image-check-container-cpu-limit: 150m\nimage-check-container-memory-limit: 1G",
            Plugin = """{"podSpec":{"containers":[{"image":"a"}]}}""",
        }.Pod();

        var resources = pod.Init("imagecheck-0").Resources;
        Assert.Equal("150m", resources.Limits.Amounts()["cpu"]);
        Assert.Equal("1G", resources.Limits.Amounts()["memory"]);
        Assert.Equal("64Mi", resources.Requests.Amounts()["memory"]);
    }

    private static string Full(string policy) => policy switch
    {
        "-" => "",
        "INP" => "IfNotPresent",
        _ => policy,
    };
}
