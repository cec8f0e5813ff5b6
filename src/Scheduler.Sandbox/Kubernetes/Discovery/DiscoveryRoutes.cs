using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Sandbox.Kubernetes.Serving;

namespace Scheduler.Sandbox.Kubernetes.Discovery;

internal static class DiscoveryRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        MapJson(routes, "/api", DiscoveryDocuments.Versions);
        MapJson(routes, "/api/v1", DiscoveryDocuments.Resources(""));
        MapJson(routes, "/apis", DiscoveryDocuments.GroupList);
        foreach (var group in DiscoveryDocuments.Groups)
        {
            MapJson(routes, $"/apis/{group}", DiscoveryDocuments.Group(group));
            MapJson(routes, $"/apis/{group}/v1", DiscoveryDocuments.Resources(group));
        }

        MapJson(routes, "/openapi/v3", OpenApiDocuments.Index(DiscoveryDocuments.Groups.Prepend("")));
        foreach (var group in DiscoveryDocuments.Groups.Prepend(""))
        {
            MapJson(routes, $"/openapi/v3/{OpenApiDocuments.Path(group)}", OpenApiDocuments.Of(group));
        }

        MapJson(routes, "/version", DiscoveryDocuments.Version);
        foreach (var path in new[] { "/healthz", "/readyz", "/livez" })
        {
            Map(routes, path, Answer.Text("ok"));
        }
    }

    private static void MapJson(IEndpointRouteBuilder routes, string path, JsonNode json) => Map(routes, path, Answer.Of(json));

    private static void Map(IEndpointRouteBuilder routes, string path, Answer answer) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => AnswerWriter.WriteAsync(context, answer));
}
