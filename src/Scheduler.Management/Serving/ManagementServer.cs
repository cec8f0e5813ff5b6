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

/// <summary>
/// Health, cluster and limiter over HTTP. Health is for everybody; reading is too, unless a token for it is configured; changing
/// something always needs one.
/// </summary>
internal sealed class ManagementServer(ManagementOptions options, IServiceProvider node, TimeProvider time, ILoggerFactory logging)
    : HttpServer("management", options, options.Port, logging)
{
    protected override void Map(WebApplication application)
    {
        var view = new NodeView(node, Options, time);
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = error => (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,
            ExceptionHandler = Answer.Plain,
        });
        application.UseStatusCodePages(context => Answer.Plain(context.HttpContext));
        application.MapHealth(new Readiness(view, Options));
        application.MapOpenApiDocument();

        var tokens = new ManagementTokens(Options);
        var reads = application.MapGroup("").AddEndpointFilter(new ReaderFilter(tokens));
        reads.MapSingletons(view);
        reads.MapShards(view);
        reads.MapDomainEvents(view, Options, time);
        reads.MapMembers(view);

        var changes = application.MapGroup("").AddEndpointFilter(new ChangerFilter(tokens));
        changes.MapMemberChanges(view);
    }
}
