namespace Scheduler.Kubernetes.Tests.Configuration;

public sealed class EndpointWarningTests
{
    [Theory]
    [InlineData("http://buildkite.internal/v3", true)]
    [InlineData("http://10.0.0.1:8080/v3", true)]
    [InlineData("HTTP://agent.buildkite.com/v3", true)]
    [InlineData("https://agent.buildkite.com/v3", false)]
    [InlineData("http://127.0.0.1:3000/v3", false)]
    [InlineData("http://localhost/v3", false)]
    [InlineData("http://[::1]/v3", false)]
    public void PlainHttpToOtherMachinesIsWarnedOf(string endpoint, bool warned)
    {
        var result = Configured.Load($"agent-config: {{endpoint: '{endpoint}'}}");
        Assert.Empty(result.Problems);
        Assert.Equal(warned, result.Warnings.Any(warning => warning.Key == "agent-config.endpoint" && warning.Problem.Contains("can be read on the way", StringComparison.Ordinal)));
    }
}
