using System.Text.Json.Nodes;
using CsCheck;
using Scheduler.Kubernetes.Pods.Patching;

namespace Scheduler.Kubernetes.Tests.Pods.Patching;

/// <summary>The merge itself, on JSON (pod-building.md §13.3).</summary>
public sealed class StrategicMergeTests
{
    [Theory]
    [InlineData("a b c", "n b", "n a b c")]
    [InlineData("a b c", "b n", "a b n c")]
    [InlineData("a b c", "c a", "b c a")]
    [InlineData("a b", "n m", "n m a b")]
    [InlineData("a b c d", "a n c m", "a n b c m d")]
    [InlineData("A B", "C B", "C A B")]
    [InlineData("A Z A", "Q", "Q A A Z")]
    [InlineData("", "a b", "a b")]
    [InlineData("a b", "", "a b")]
    public void ElementsOfKeyedListsComeInTheirOrder(string original, string patch, string merged) =>
        Assert.Equal(merged, string.Join(' ', Names(Merge(Containers(original), Containers(patch)))));

    [Theory]
    [InlineData("""{"env":[{"name":"A","value":"1"},{"name":"Z"},{"name":"A","value":"2"}]}""",
        """{"env":[{"name":"A","value":"9"}]}""",
        """{"env":[{"name":"A","value":"9"},{"name":"A","value":"2"},{"name":"Z"}]}""")]
    [InlineData("""{"env":[{"name":"Z"}]}""",
        """{"env":[{"name":"A","value":"2"},{"name":"A","value":"3"}]}""",
        """{"env":[{"name":"A","value":"3"},{"name":"Z"}]}""")]
    [InlineData("""{"volumeMounts":[{"name":"w","mountPath":"/w"},{"name":"x","mountPath":"/x"}]}""",
        """{"volumeMounts":[{"name":"other","mountPath":"/x"},{"name":"y","mountPath":"/y"}]}""",
        """{"volumeMounts":[{"name":"w","mountPath":"/w"},{"name":"other","mountPath":"/x"},{"name":"y","mountPath":"/y"}]}""")]
    [InlineData("""{"ports":[{"containerPort":80,"name":"h"}]}""",
        """{"ports":[{"containerPort":80,"protocol":"UDP"},{"containerPort":81}]}""",
        """{"ports":[{"containerPort":80,"name":"h","protocol":"UDP"},{"containerPort":81}]}""")]
    [InlineData("""{"command":["a","b"],"resources":{"limits":{"cpu":"1","memory":"1Gi"}}}""",
        """{"command":["c"],"resources":{"limits":{"cpu":"1500m"},"requests":{"cpu":"1"}}}""",
        """{"command":["c"],"resources":{"limits":{"cpu":"1500m","memory":"1Gi"},"requests":{"cpu":"1"}}}""")]
    public void ContainersAreMergedFieldByField(string original, string patch, string merged)
    {
        static JsonObject Pod(string container)
        {
            var json = Json(container);
            json["name"] = "c";
            return new JsonObject { ["containers"] = new JsonArray(json) };
        }

        AssertSame(Pod(merged), Merge(Pod(original), Pod(patch)));
    }

    [Theory]
    [InlineData("""{"imagePullSecrets":[{"name":"a"}]}""", """{"imagePullSecrets":[{"name":"b"}]}""", """{"imagePullSecrets":[{"name":"b"},{"name":"a"}]}""")]
    [InlineData("""{"tolerations":[{"key":"a"}]}""", """{"tolerations":[{"key":"b"}]}""", """{"tolerations":[{"key":"b"}]}""")]
    [InlineData("""{"nodeSelector":{"a":"b","c":"d"}}""", """{"nodeSelector":{"c":"e","f":"g"}}""", """{"nodeSelector":{"a":"b","c":"e","f":"g"}}""")]
    [InlineData("""{"dnsPolicy":"x","priority":1}""", """{"priority":2}""", """{"dnsPolicy":"x","priority":2}""")]
    [InlineData("""{"volumes":[{"name":"v","projected":{"sources":[1]}}]}""",
        """{"volumes":[{"name":"v","projected":{"sources":null,"defaultMode":256}}]}""",
        """{"volumes":[{"name":"v","projected":{"defaultMode":256}}]}""")]
    [InlineData("{}", """{"affinity":{"nodeAffinity":null,"podAffinity":{}},"tolerations":[null]}""", """{"affinity":{"podAffinity":{}},"tolerations":[null]}""")]
    public void EverythingElseIsMergedByItsKind(string original, string patch, string merged) =>
        AssertSame(Json(merged), Merge(Json(original), Json(patch)));

    [Theory]
    [InlineData("""{"nodeSelector":{"a":"b"}}""", """{"nodeSelector":{"$patch":"replace","c":"d"}}""", """{"nodeSelector":{"c":"d"}}""")]
    [InlineData("""{"nodeSelector":{"a":"b"}}""", """{"nodeSelector":{"$patch":"delete"}}""", """{"nodeSelector":{}}""")]
    [InlineData("{}", """{"nodeSelector":{"$patch":"replace","c":"d"}}""", "{}")]
    public void DirectivesInMapsOfTextsWork(string original, string patch, string merged) =>
        AssertSame(Json(merged), Merge(Json(original), Json(patch)));

    [Theory]
    [InlineData("""{"nodeSelector":{"a":"b"}}""", """{"nodeSelector":{"$patch":"x"}}""", "unknown patch type: x")]
    [InlineData("""{"nodeSelector":{"a":"b"}}""", """{"nodeSelector":{"$retainKeys":"x"}}""", "invalid patch format of retainKeys")]
    [InlineData("""{"imagePullSecrets":[{"name":"a"}]}""", """{"imagePullSecrets":[{}]}""", "does not contain declared merge key: name")]
    [InlineData("""{"imagePullSecrets":[{}]}""", """{"imagePullSecrets":[{"name":"a"}]}""", "does not contain declared merge key: name")]
    public void MalformedPatchesAreRefused(string original, string patch, string problem)
    {
        var refused = Assert.Throws<MergeException>(() => Merge(Json(original), Json(patch)));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FinalizersAreMergedAsASet()
    {
        static JsonObject Pod(string finalizers) => Json(
            $$$$$"""{"volumes":[{"name":"v","ephemeral":{"volumeClaimTemplate":{"metadata":{"finalizers":[{{{{{finalizers}}}}}]}}}}]}""");

        AssertSame(Pod("\"c\",\"a\",\"b\""), Merge(Pod("\"a\",\"b\""), Pod("\"c\",\"b\"")));
    }

    [Fact]
    public void APatchOfNothingChangesNothing() =>
        Lists.Sample(original => JsonNode.DeepEquals(Merge(Containers(original), []), Containers(original)));

    [Fact]
    public void PatchedElementsKeepThePatchsOrderAndOthersTheOriginals() => Gen.Select(Lists, Lists).Sample((original, patch) =>
    {
        var merged = Names(Merge(Containers(original), Containers(patch)));
        var (old, over) = (Names(Containers(original)), Names(Containers(patch)));
        Assert.Equal(over, merged.Where(over.Contains));
        Assert.Equal(old.Except(over), merged.Where(name => !over.Contains(name)));
        Assert.Equal(old.Union(over).Count(), merged.Length);
    });

    [Fact]
    public void APatchAppliedTwiceIsThePatchAppliedOnce() => Gen.Select(Lists, Lists).Sample((original, patch) =>
    {
        var once = Merge(Containers(original), Containers(patch));
        AssertSame(once, Merge(once, Containers(patch)));
    });

    [Fact]
    public void NeitherInputIsChanged() => Gen.Select(Lists, Lists).Sample((original, patch) =>
    {
        var (one, other) = (Containers(original), Containers(patch));
        Merge(one, other);
        AssertSame(Containers(original), one);
        AssertSame(Containers(patch), other);
    });

    /// <summary>Names of containers, each at most once.</summary>
    private static Gen<string> Lists { get; } =
        Gen.Select(Gen.Shuffle("abcdefg".ToCharArray()), Gen.Int[0, 7], (names, count) => string.Join(' ', names.Take(count)));

    private static JsonObject Merge(JsonObject original, JsonObject patch) => StrategicMerge.Merge(original, patch, MergeSchema.PodSpec);

    private static JsonObject Containers(string names) => new()
    {
        ["containers"] = new JsonArray([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new JsonObject { ["name"] = name })]),
    };

    private static string[] Names(JsonObject pod) => [.. pod["containers"]!.AsArray().Select(container => (string)container!["name"]!)];

    private static JsonObject Json(string text) => (JsonObject)JsonNode.Parse(text)!;

    private static void AssertSame(JsonObject expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}, found {actual.ToJsonString()}");
}
