using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Scheduler.Running;

namespace Scheduler.Tests.Running;

public sealed class TracingTests
{
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4317", true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_SDK_DISABLED=true", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317 OTEL_TRACES_EXPORTER=none", false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false)]
    [InlineData("OTEL_SERVICE_NAME=x", false)]
    public void TracesAreExportedOnlyWhereTheStandardVariablesSaySo(string environment, bool expected)
    {
        var variables = environment.Split(' ').Select(entry => entry.Split('=', 2)).ToDictionary(entry => entry[0], entry => entry[1]);
        var services = new ServiceCollection();
        services.AddTracing(variables.GetValueOrDefault);
        Assert.Equal(expected, services.Any(service => service.ServiceType == typeof(TracerProvider)));
    }
}
