using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Scheduler.Management.Events;
using Scheduler.Management.Health;
using Scheduler.Management.Limiter;
using Scheduler.Management.Members;
using Scheduler.Management.OpenApi;
using Scheduler.Management.Shards;

namespace Scheduler.Management.Serving;

/// <summary>Health, cluster and limiter over HTTP. Whoever can reach it may read; changing something needs the token.</summary>
internal sealed class ManagementServer(ManagementOptions options, IServiceProvider node, TimeProvider time, ILoggerFactory logging)
    : HttpServer("management", options.Host, options.Port, logging)
{
    protected override void Map(WebApplication application)
    {
        var view = new NodeView(node, options);
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error => (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
            ExceptionHandler = Answer.Plain,
        });
        application.UseStatusCodePages(context => Answer.Plain(context.HttpContext));
        application.MapHealth(new Readiness(view, options));
        application.MapSingletons(view);
        application.MapShards(view);
        application.MapDomainEvents(view, time);
        application.MapOpenApiDocument();
        application.MapMembers(view);

        var changes = application.MapGroup("").AddEndpointFilter(new BearerTokenFilter(options));
        changes.MapMemberChanges(view);
    }
}
