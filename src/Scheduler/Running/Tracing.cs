using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Scheduler.Cluster.Tracing;
using Scheduler.CommandLine;

namespace Scheduler.Running;

/// <summary>
/// Exports traces by OTLP where the standard variables say so, and only then: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or
/// <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>. The exporter reads the others itself (headers, protocol, sampler, service name).
/// </summary>
internal static class Tracing
{
    private const string ServiceName = "agent-stack-k8s-scheduler";

    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    /// <param name="services">To add to.</param>
    /// <param name="variable">An environment variable's value; null when it is not set.</param>
    public static void AddTracing(this IServiceCollection services, Func<string, string?> variable)
    {
        if (!IsWanted(variable))
        {
            return;
        }

        services.AddOpenTelemetry().WithTracing(tracing => tracing
            .ConfigureResource(resource => resource.AddService(variable("OTEL_SERVICE_NAME") ?? ServiceName, serviceVersion: VersionCommand.Version))
            .AddSource(TraceSources.Jobs)
            .AddOtlpExporter());
    }

    public static bool IsWanted(Func<string, string?> variable) =>
        Endpoints.Any(name => !string.IsNullOrEmpty(variable(name)))
        && !string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(variable("OTEL_TRACES_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase);
}
