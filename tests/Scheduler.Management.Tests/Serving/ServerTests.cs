using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Cluster.Metrics;
using Scheduler.Management.OpenApi;
using Scheduler.Management.Serving;
using Scheduler.Management.Tests.Support;

namespace Scheduler.Management.Tests.Serving;

public sealed class ServerTests(TestNode node) : IClassFixture<TestNode>
{
    [Fact]
    public async Task TheOpenApiDocumentDescribesExactlyWhatIsServed()
    {
        await using var served = await node.ServeAsync();
        var described = (await served.JsonAsync("/openapi.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
                .Where(method => method.Name != "parameters")
                .Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(served.Routes.Order(), described.Order());
    }

    [Fact]
    public void EachReferenceInTheOpenApiDocumentLeadsSomewhere()
    {
        using var document = JsonDocument.Parse(OpenApiDocument.Open());
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        Assert.All(References(document.RootElement), reference => Assert.True(
            schemas.TryGetProperty(reference["#/components/schemas/".Length..], out _), reference));
    }

    [Fact]
    public async Task MetricsHaveAServerOfTheirOwn()
    {
        var metrics = new NodeMetrics();
        metrics.Limiter.MaxInFlight.Set(25);
        await using var served = await ServeMetricsAsync(metrics, port: 0);

        var (status, text) = await served.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("buildkite_limiter_max_in_flight 25", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await served.GetAsync("/cluster/members")).Status);
    }

    [Fact]
    public async Task APortThatIsTakenIsReportedWithARemedy()
    {
        await using var first = await ServeMetricsAsync(new NodeMetrics(), port: 0);
        var error = await Assert.ThrowsAsync<IOException>(() => ServeMetricsAsync(new NodeMetrics(), first.Http.BaseAddress!.Port));
        Assert.Contains("prometheus-port", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ServedNode> ServeMetricsAsync(NodeMetrics metrics, int port)
    {
        var server = new MetricsServer(new ManagementOptions { Host = "127.0.0.1", MetricsPort = port }, metrics, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return new ServedNode(server);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.Name == "$ref" ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
