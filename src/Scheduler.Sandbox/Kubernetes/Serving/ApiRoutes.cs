using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Sandbox.Kubernetes.Errors;
using Scheduler.Sandbox.Kubernetes.Resources;
using Scheduler.Sandbox.Kubernetes.Storage;

namespace Scheduler.Sandbox.Kubernetes.Serving;

/// <summary>The URLs of objects, made from the resource table.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, ApiPipeline pipeline, AccessReviews reviews)
    {
        foreach (var type in ResourceCatalog.All)
        {
            MapType(routes, pipeline, type);
        }

        routes.Map("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", reviews.ServeAsync);
        routes.MapFallback(context => AnswerWriter.WriteAsync(context, Answer.Of(ApiError.UnknownPath())));
    }

    private static void MapType(IEndpointRouteBuilder routes, ApiPipeline pipeline, ResourceType type)
    {
        var root = type.Group.Length == 0 ? $"/api/{ResourceType.Version}" : $"/apis/{type.Group}/{ResourceType.Version}";
        var collection = type.IsNamespaced ? $"{root}/namespaces/{{ns}}/{type.Plural}" : $"{root}/{type.Plural}";
        if (type.IsNamespaced)
        {
            routes.Map($"{root}/{type.Plural}", context => pipeline.ServeAsync(context, new ApiTarget(type, null, null, "")));
        }

        routes.Map(collection, context => pipeline.ServeAsync(context, new ApiTarget(type, Namespace(context), null, "")));
        routes.Map($"{collection}/{{name}}", context => pipeline.ServeAsync(context, Named(context, type, "")));
        if (type.HasStatus)
        {
            routes.Map($"{collection}/{{name}}/status", context => pipeline.ServeAsync(context, Named(context, type, KubeObject.Status)));
        }

        if (type == ResourceCatalog.Pods)
        {
            routes.Map($"{collection}/{{name}}/binding", context => pipeline.ServeAsync(context, Named(context, type, "binding")));
        }
    }

    private static ApiTarget Named(HttpContext context, ResourceType type, string subresource) =>
        new(type, Namespace(context), (string)context.Request.RouteValues["name"]!, subresource);

    private static string Namespace(HttpContext context) => context.Request.RouteValues["ns"] as string ?? "";
}
