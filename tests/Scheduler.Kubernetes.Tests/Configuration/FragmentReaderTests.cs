using System.Text.Json.Nodes;
using k8s.Models;
using Scheduler.Kubernetes.Configuration.Fragments;
using Scheduler.Kubernetes.Options;

namespace Scheduler.Kubernetes.Tests.Configuration;

public class FragmentReaderTests
{
    [Fact]
    public void APodSpecIsReadInFull()
    {
        var pod = Valid<V1PodSpec>("""
            {
              "automountServiceAccountToken": false,
              "terminationGracePeriodSeconds": 30,
              "nodeSelector": {"kubernetes.io/arch": "arm64"},
              "containers": [{
                "name": "a",
                "command": ["x"],
                "ports": [{"containerPort": 80}],
                "resources": {"limits": {"cpu": 1, "memory": "1.5Gi", "hugepages-2Mi": "0", "acme.io/gpu": 2}},
                "livenessProbe": {"httpGet": {"port": 80}},
                "readinessProbe": {"tcpSocket": {"port": "web"}}
              }],
              "volumes": [{"name": "v", "secret": {"secretName": "s", "defaultMode": 493, "optional": false}}]
            }
            """);

        var container = Assert.Single(pod.Containers);
        Assert.Equal(new ResourceQuantity("1000m"), container.Resources.Limits["cpu"]);
        Assert.Equal(new ResourceQuantity("1536Mi"), container.Resources.Limits["memory"]);
        Assert.Equal(2, container.Resources.Limits["acme.io/gpu"].ToDecimal());
        Assert.Equal(("80", "web"), (container.LivenessProbe.HttpGet.Port.Value, container.ReadinessProbe.TcpSocket.Port.Value));
        Assert.Equal((false, 30L, null), (pod.AutomountServiceAccountToken, pod.TerminationGracePeriodSeconds, pod.EnableServiceLinks));
        Assert.Equal((493, false), (pod.Volumes[0].Secret.DefaultMode, pod.Volumes[0].Secret.Optional));
    }

    [Theory]
    [InlineData("""{"unknown": 1}""", "unknown", null)]
    [InlineData("""{"containers": [{"imagePullPolcy": "Always"}]}""", "containers[0].imagePullPolcy", "imagePullPolicy")]
    [InlineData("""{"securityContext": {"run-as-user": 1}}""", "securityContext.run-as-user", "runAsUser")]
    [InlineData("""{"$patch": "replace"}""", "$patch", null)]
    public void AnUnknownKeyIsAnErrorOrAWarningByMode(string json, string path, string? nearest)
    {
        var strict = Read<V1PodSpec>(json, FragmentMode.Strict);
        var lenient = Read<V1PodSpec>(json, FragmentMode.Lenient);

        var error = Assert.Single(strict.Errors);
        Assert.Equal((FragmentIssueKind.UnknownField, path, nearest), (error.Kind, error.Path, error.Nearest));
        Assert.True(lenient.IsValid);
        Assert.Equal(error, Assert.Single(lenient.Warnings));
    }

    [Fact]
    public void KeysMatchInAnyCapitalsAndTheLaterOfTwoCounts()
    {
        var result = Read<CheckoutParams>("""{"SKIP": true, "CloneFlags": "a", "cloneflags": "b"}""", FragmentMode.Lenient);

        Assert.Equal((true, "b"), (result.Value!.Skip, result.Value.CloneFlags));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void NullsMeanNotSet()
    {
        var pod = Valid<V1PodSpec>("""{"restartPolicy": null, "containers": null, "hostNetwork": null, "securityContext": null}""");

        Assert.Equal((null, null, null, null), (pod.RestartPolicy, pod.Containers, pod.HostNetwork, pod.SecurityContext));
        Assert.Null(Valid<V1PodSpec?>("null"));
    }

    [Fact]
    public void NullsInListsAndMapsAreZeroValuesAsInGo()
    {
        var pod = Valid<V1PodSpec>("""{"nodeSelector": {"a": null}, "containers": [null, {"args": ["x", null]}]}""");

        Assert.Equal("", pod.NodeSelector["a"]);
        Assert.Equal((2, null), (pod.Containers.Count, pod.Containers[0].Name));
        Assert.Equal(["x", ""], pod.Containers[1].Args);
    }

    [Theory]
    [InlineData("""{"hostNetwork": "true"}""", "hostNetwork")]
    [InlineData("""{"hostNetwork": 1}""", "hostNetwork")]
    [InlineData("""{"nodeName": 5}""", "nodeName")]
    [InlineData("""{"nodeName": ["x"]}""", "nodeName")]
    [InlineData("""{"priority": "5"}""", "priority")]
    [InlineData("""{"priority": 60.0}""", "priority")]
    [InlineData("""{"priority": 6e1}""", "priority")]
    [InlineData("""{"priority": 2147483648}""", "priority")]
    [InlineData("""{"terminationGracePeriodSeconds": 9223372036854775808}""", "terminationGracePeriodSeconds")]
    [InlineData("""{"containers": "x"}""", "containers")]
    [InlineData("""{"containers": {"name": "x"}}""", "containers")]
    [InlineData("""{"containers": [["x"]]}""", "containers[0]")]
    [InlineData("""{"containers": [{"command": "x"}]}""", "containers[0].command")]
    [InlineData("""{"containers": [{"env": [{"value": 0}]}]}""", "containers[0].env[0].value")]
    [InlineData("""{"containers": [{"livenessProbe": {"httpGet": {"port": 1.5}}}]}""", "containers[0].livenessProbe.httpGet.port")]
    [InlineData("""{"containers": [{"resources": {"limits": {"cpu": "1 Gi"}}}]}""", "containers[0].resources.limits.cpu")]
    [InlineData("""{"containers": [{"resources": {"limits": {"cpu": "1e999999999"}}}]}""", "containers[0].resources.limits.cpu")]
    [InlineData("""{"containers": [{"resources": {"limits": {"cpu": true}}}]}""", "containers[0].resources.limits.cpu")]
    public void NothingIsCoerced(string json, string path)
    {
        Assert.All([FragmentMode.Strict, FragmentMode.Lenient], mode =>
        {
            var error = Assert.Single(Read<V1PodSpec>(json, mode).Errors);
            Assert.Equal((FragmentIssueKind.WrongType, path), (error.Kind, error.Path));
            Assert.Contains("expected", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AllErrorsAreToldWithThePathGiven()
    {
        var result = FragmentReader.Read<SidecarParams>(
            JsonNode.Parse("""{"envFrom": [{"prefix": 1}, {"secretRef": 2}], "extraVolumeMounts": 3}"""), "sidecarParams", FragmentMode.Lenient);

        Assert.Equal(
            ["sidecarParams.envFrom[0].prefix", "sidecarParams.envFrom[1].secretRef", "sidecarParams.extraVolumeMounts"],
            result.Errors.Select(error => error.Path));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void DeepNestingIsAnErrorAndNoCrash(string open)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 200_000));

        Assert.False(JsonText.TryParse(deep, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void ATreeBuiltTooDeepOrTooLargeIsAnErrorToo()
    {
        JsonNode deep = new JsonArray();
        for (var i = 0; i < 500; i++)
        {
            deep = new JsonArray(deep);
        }

        var large = new JsonObject { ["readinessGates"] = new JsonArray([.. Enumerable.Range(0, 150_000).Select(_ => new JsonObject())]) };
        Assert.All([deep, large], tree =>
        {
            var result = FragmentReader.Read<V1PodSpec>(tree, "podSpec", FragmentMode.Lenient);
            Assert.Equal((FragmentIssueKind.TooLarge, "podSpec"), (Assert.Single(result.Errors).Kind, result.Errors[0].Path));
        });
    }

    [Fact]
    public void OfDuplicateKeysInATextTheLastWins()
    {
        Assert.True(JsonText.TryParse("""{"nodeName": "a", "nodeName": "b"}""", out var root, out _));
        Assert.Equal("b", FragmentReader.Read<V1PodSpec>(root, "", FragmentMode.Lenient).Value!.NodeName);
        Assert.False(FragmentReader.Read<V1PodSpec>(JsonNode.Parse("""{"a": 1, "a": 2}"""), "", FragmentMode.Lenient).IsValid);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.5Gi")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+1k")]
    [InlineData("100m")]
    [InlineData("1e3")]
    [InlineData("1E3")]
    [InlineData("12E")]
    [InlineData("129e6")]
    public void QuantitiesAreNumbersWithSuffixes(string text) => Assert.True(QuantityText.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1ki")]
    [InlineData("1 Gi")]
    [InlineData("1GiB")]
    [InlineData("1K")]
    [InlineData("0x10")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("1\n")]
    public void OtherTextsAreNoQuantities(string text) => Assert.False(QuantityText.TryParse(text, out _));

    private static T Valid<T>(string json)
    {
        var result = Read<T>(json, FragmentMode.Strict);
        Assert.Empty(result.Errors);
        return result.Value!;
    }

    private static FragmentResult<T> Read<T>(string json, FragmentMode mode)
    {
        Assert.True(JsonText.TryParse(json, out var root, out var problem), problem);
        return FragmentReader.Read<T>(root, "", mode);
    }
}
