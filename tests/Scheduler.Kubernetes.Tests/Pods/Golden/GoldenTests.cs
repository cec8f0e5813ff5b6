using System.Text.Json.Nodes;
using k8s;
using Xunit.Abstractions;

namespace Scheduler.Kubernetes.Tests.Pods.Golden;

/// <summary>Our Jobs against those of the original, case by case. Without the folder there is nothing to compare with.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryJobMeansTheSameAsTheOriginals()
    {
        if (GoldenFolder.Path is null)
        {
            output.WriteLine("The golden folder is absent (SCHEDULER_GOLDEN, ../shared/golden): nothing was compared.");
            return;
        }

        var names = GoldenFolder.Names().ToList();
        var problems = names.SelectMany(name => ProblemsOf(name).Select(problem => (name, problem))).ToList();
        var agreed = names.Count - problems.Select(problem => problem.name).Distinct().Count();
        output.WriteLine($"{agreed} of {names.Count} golden cases agree with the original.");
        Assert.True(problems.Count == 0, string.Join('\n', problems.Select(problem => $"{problem.name} {problem.problem}")));
        Assert.NotEmpty(names);
    }

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
