using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Core.Text;

namespace Scheduler.Management.Health;

/// <summary>For the kubelet: alive is whoever answers, ready who does his part. Plain text, as in Akka Management.</summary>
internal static class HealthEndpoints
{
    /// <summary>The kubelet shows it in an event, and it may quote the API server.</summary>
    private const int LongestProblem = 1000;

    public static void MapHealth(this IEndpointRouteBuilder routes, Readiness readiness)
    {
        routes.MapGet("/alive", () => Results.Text("OK"));
        routes.MapGet("/ready", async (CancellationToken cancellationToken) =>
        {
            var problem = await ProblemAsync(readiness, cancellationToken);
            return problem is null
                ? Results.Text("OK")
                : Results.Text(PlainText.Line(problem, LongestProblem), statusCode: StatusCodes.Status500InternalServerError);
        });
    }

    private static async Task<string?> ProblemAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        try
        {
            return await readiness.ProblemAsync(cancellationToken) is { } problem ? $"Not Healthy: {problem}" : null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The actor system is not there yet, or not any more.
            return $"Health Check Failed: {error.Message}";
        }
    }
}
