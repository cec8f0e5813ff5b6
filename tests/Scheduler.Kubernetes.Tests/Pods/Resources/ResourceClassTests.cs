namespace Scheduler.Kubernetes.Tests.Pods.Resources;

public sealed class ResourceClassTests
{
    private const string Classes = """
        resource-classes:
          small: {resource: {requests: {cpu: "1"}}}
          large: {resource: {requests: {cpu: "4", memory: 1Mi}, limits: {memory: 2Gi}}, nodeSelector: {pool: large}}
          pod: {podResource: {limits: {cpu: "8"}}}
          nothing:
        """;

    private const string Prefix = "agent-stack-k8s failed to build a podSpec for the job: ";

    [Fact]
    public void AClassRaisesWhatCommandContainersAskFor()
    {
        var pod = new Given
        {
            Config = Classes,
            Rules = ["resource_class=small"],
            Plugin = """{"podSpec":{"containers":[{"image":"a","resources":{"requests":{"cpu":"500m","memory":"1Mi"}}},{"image":"b"}]},"sidecars":[{"image":"s"}]}""",
        }.Pod();

        Assert.Equal([new("cpu", "1"), new("memory", "1Mi")], pod.Container("container-0").Resources.Requests.Amounts());
        Assert.Equal([new("cpu", "1")], pod.Container("container-1").Resources.Requests.Amounts());
        Assert.Empty(pod.Container("container-1").Resources.Limits.Amounts());
        Assert.Null(pod.Container("agent").Resources);
        Assert.Null(pod.Container("checkout").Resources);
        Assert.Null(pod.Init("sidecar-0").Resources);
        Assert.Null(pod.Resources);
    }

    [Fact]
    public void NodeSelectorsOfTheClassBeatThePodSpecAndLoseToThePatch()
    {
        const string Plugin = """{"podSpec":{"nodeSelector":{"pool":"mine","a":"b"}}PATCH}""";
        var given = new Given { Config = Classes, Rules = ["resource_class=large"], Plugin = Plugin.Replace("PATCH", "", StringComparison.Ordinal) };
        var patched = given with { Plugin = Plugin.Replace("PATCH", ""","podSpecPatch":{"nodeSelector":{"pool":"patched"}}""", StringComparison.Ordinal) };

        Assert.Equal(("large", "b"), (given.Pod().NodeSelector["pool"], given.Pod().NodeSelector["a"]));
        Assert.Equal("patched", patched.Pod().NodeSelector["pool"]);
    }

    [Fact]
    public void PodResourcesAreForThePodAlone()
    {
        var pod = new Given { Config = Classes, Rules = ["resource_class=pod"] }.Pod();

        Assert.Equal("8", pod.Resources.Limits["cpu"].ToString());
        Assert.All(pod.Containers, container => Assert.Null(container.Resources));
    }

    [Theory]
    [InlineData("", "small")]
    [InlineData("", "")]
    [InlineData("resource_class=large", "small")]
    [InlineData("resource_class=nothing", "small")]
    public void TheTagBeatsTheDefault(string tag, string standard)
    {
        var pod = new Given
        {
            Config = standard.Length == 0 ? Classes : $"{Classes}\ndefault-resource-class-name: {standard}",
            Rules = tag.Length == 0 ? [] : [tag],
        }.Pod();
        var expected = tag switch
        {
            "resource_class=large" => "4",
            "resource_class=nothing" => null,
            _ => standard.Length == 0 ? null : "1",
        };

        Assert.Equal(expected, pod.Container("container-0").Resources?.Requests["cpu"].ToString());
    }

    [Theory]
    [InlineData("", "resource_class=x", "resource classes not configured but resource_class tag specified")]
    [InlineData(Classes, "resource_class=x", "resource class not found: x")]
    [InlineData(Classes, "resource_class=", "resource class not found: ")]
    public void AnUnknownClassFailsTheJob(string config, string tag, string problem) =>
        Assert.Equal(Prefix + problem, new Given { Config = config, Rules = [tag] }.Refusal());

    [Fact]
    public void AnUnknownDefaultFailsTheJobToo()
    {
        var unknown = new Given { Config = Classes }.Options() with { DefaultResourceClassName = "x" };
        var absent = unknown with { ResourceClasses = null };

        Assert.Equal(Prefix + "default resource class not found: x", RefusalOf(unknown));
        Assert.Equal(Prefix + "resource classes not configured but default-resource-class-name is set", RefusalOf(absent));
    }

    [Fact]
    public void TheTagIsAlsoALabelAndForTheAgent()
    {
        var job = new Given { Config = Classes, Rules = ["resource_class=small"] }.Build();

        Assert.Equal("small", job.Metadata.Labels["tag.buildkite.com/resource_class"]);
        Assert.EndsWith(",resource_class=small", job.Spec.Template.Spec.Container("agent").Value("BUILDKITE_AGENT_TAGS"), StringComparison.Ordinal);
    }

    private static string RefusalOf(Scheduler.Kubernetes.Options.ControllerOptions options) =>
        Assert.IsType<Scheduler.Kubernetes.Pods.BuildResult.Failed>(
            new Given().Result(new Scheduler.Kubernetes.Pods.JobBuilder(options))).Message;
}
