using Scheduler.Cluster.Coordination;

namespace Scheduler.Cluster.Tests.Coordination;

public sealed class LeaseObjectNameTests
{
    [Theory]
    [InlineData("agent-stack-k8s", "downing", "agent-stack-k8s-downing")]
    [InlineData("agent-stack-k8s-one-0a1b2c3d", "downing", "agent-stack-k8s-one-0a1b2c3d-downing")]
    public void ANameThatKubernetesAllowsStaysReadable(string prefix, string lease, string expected) =>
        Assert.Equal(expected, LeaseObjectName.For(prefix, lease));

    [Theory]
    [InlineData("scheduler-singleton-akka://scheduler/user/limiter")]
    [InlineData("UPPER_case.and.dots")]
    [InlineData("")]
    [InlineData("---")]
    [InlineData("a-name-that-would-be-allowed-but-is-much-longer-than-sixty-three-characters")]
    public void AnyOtherBecomesOneThatKubernetesAllows(string lease)
    {
        var name = LeaseObjectName.For("agent-stack-k8s", lease);
        Assert.Matches(@"\Aagent-stack-k8s-[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", name);
        Assert.InRange(name.Length, 1, 63);
    }

    [Fact]
    public void TwoNamesThatDifferOnlyWhereKubernetesDoesNotAllowItAreTwoLeases()
    {
        string[] names = ["a.b", "a-b", "a_b", "A-B", "a/b"];
        Assert.Equal(names.Length, names.Select(name => LeaseObjectName.For("x", name)).Distinct().Count());
    }
}
