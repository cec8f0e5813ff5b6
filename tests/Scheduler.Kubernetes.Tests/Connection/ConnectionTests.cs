using Scheduler.Kubernetes.Connection;

namespace Scheduler.Kubernetes.Tests.Connection;

public sealed class ConnectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("connection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AMissingKubeconfigIsNamedTogetherWithTheRemedy()
    {
        var missing = Path.Combine(_folder, "missing");

        var error = Assert.Throws<InvalidOperationException>(() => KubernetesConnection.Connect(missing));

        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.Contains("set KUBECONFIG", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not: [valid")]
    [InlineData("apiVersion: v1\nkind: Config\n")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: gone, user: gone}}]\n")]
    public void AKubeconfigThatCannotBeUsedIsNamed(string content)
    {
        var path = Path.Combine(_folder, "kubeconfig");
        File.WriteAllText(path, content);

        Assert.Contains(path, Assert.Throws<InvalidOperationException>(() => KubernetesConnection.Connect(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void WithoutARateThereIsNoLimiter(int qps) => Assert.Null(ClientRateLimit.Create(qps, burst: 0));

    [Fact]
    public void ARateWithoutABurstIsRefused() =>
        Assert.Contains(
            "k8s-client-rate-limiter-burst",
            Assert.Throws<ArgumentOutOfRangeException>(() => ClientRateLimit.Create(callsPerSecond: 10, burst: 0)).Message,
            StringComparison.Ordinal);
}
