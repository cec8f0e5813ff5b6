using Scheduler.Running;

namespace Scheduler.Tests.Running;

public sealed class PlainHttpTests
{
    private static readonly Uri Secure = new("https://kubernetes.default.svc");

    [Theory]
    [InlineData("http://10.0.0.1:6443", 1)]
    [InlineData("http://127.0.0.1:6443", 0)]
    [InlineData("https://10.0.0.1:6443", 0)]
    public void AnApiServerAskedInTheClearIsWarnedOf(string server, int warnings) =>
        Assert.Equal(warnings, PlainHttp.Exposed(new Uri(server), _ => null).Count());

    [Fact]
    public void SoIsATraceExporterThatLogsInInTheClear()
    {
        var variables = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector.example.com:4318",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer hunter2hunter2",
        };
        var exposed = Assert.Single(PlainHttp.Exposed(Secure, variables.GetValueOrDefault));
        Assert.DoesNotContain("hunter2", exposed.Finding, StringComparison.Ordinal);
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = null;
        Assert.Empty(PlainHttp.Exposed(Secure, variables.GetValueOrDefault));
    }
}
