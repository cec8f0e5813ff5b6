using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Scheduler.Management.OpenApi;

/// <summary>The description of this HTTP interface; written by hand, checked against the routes by a test.</summary>
internal static class OpenApiDocument
{
    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi.json", () => Results.Stream(Open(), "application/json"));

    public static Stream Open() => typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
}
