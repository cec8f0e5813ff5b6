using System.Text.Json;
using Scheduler.Kubernetes.Watching;
using Scheduler.Kubernetes.Watching.Wire;

namespace Scheduler.Kubernetes.Tests.Watching;

public sealed class PodReadingTests
{
    [Theory]
    [InlineData("""[{"apiVersion":"batch/v1","kind":"Job","name":"j","uid":"the-uid","controller":true,"blockOwnerDeletion":true}]""", "the-uid")]
    [InlineData(
        """[{"apiVersion":"v1","kind":"ConfigMap","name":"c","uid":"c"},{"apiVersion":"batch/v1","kind":"Job","name":"j","uid":"the-uid","controller":true}]""",
        "the-uid")]
    [InlineData("""[{"apiVersion":"batch/v1","kind":"Job","name":"j","uid":"the-uid"}]""", null)]
    [InlineData("""[{"apiVersion":"batch/v1","kind":"Job","name":"j","uid":"the-uid","controller":false}]""", null)]
    [InlineData("""[{"apiVersion":"example.com/v1","kind":"Job","name":"j","uid":"the-uid","controller":true}]""", null)]
    [InlineData("""[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"j","uid":"the-uid","controller":true}]""", null)]
    [InlineData("""[{"apiVersion":"batch/v1","kind":"Job","name":"j","controller":true}]""", null)]
    [InlineData("[{}]", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public void APodsOwnerIsTheJobThatControlsIt(string owners, string? expected)
    {
        var pod = Read($$$"""{"name":"p","uid":"u","labels":{"buildkite.com/job-uuid":"{{{Guid.NewGuid()}}}"},"ownerReferences":{{{owners}}}}""");

        Assert.Equal(expected, pod.Item!.Owner);
    }

    [Fact]
    public void APodWhoseLabelIsNoUuidIsNotBelieved()
    {
        var pod = Read("""{"name":"p","uid":"u","labels":{"buildkite.com/job-uuid":"x"}}""");

        Assert.Equal((null, StrangerReason.Label), (pod.Item, pod.Reason));
    }

    private static Reading<Core.Facts.PodFact> Read(string metadata)
    {
        var list = JsonSerializer.Deserialize("{\"items\":[{\"metadata\":" + metadata + "}]}", WireJson.Default.ListWirePodWire)!;
        return PodReading.Read(list.Items![0]);
    }
}
