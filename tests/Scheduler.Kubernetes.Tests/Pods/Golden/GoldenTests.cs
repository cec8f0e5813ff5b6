using System.Text.Json.Nodes;
using k8s;
using Scheduler.Testing.Golden;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>Our Jobs against those of the original, case by case.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Names => [.. GoldenFolder.Names()];

    [GoldenTheory]
    [MemberData(nameof(Names))]
    public void TheJobMeansTheSameAsTheOriginals(string name) => Assert.Empty(ProblemsOf(name));

    private static IEnumerable<string> ProblemsOf(string name)
    {
        var expected = JsonNode.Parse(GoldenFolder.Expected(name))!;
        var (job, error) = GoldenCase.Load(name).Build();
        return (expected["job"], job) switch
        {
            (JsonObject theirs, not null) =>
                GoldenComparer.Differences(theirs, (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(job))!, GoldenCase.Version),
            (JsonObject, null) => [$"was refused: {error}"],
            (null, not null) => [$"was built, but the original refuses it: {expected["error"]}"],
            _ => [],
        };
    }
}
